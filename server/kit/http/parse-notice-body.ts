/** A provider's body as JSON; anything else is nothing, and the reader then refuses it. */
export function parseNoticeBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
