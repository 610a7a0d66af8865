import { storableText } from '../storable-text.ts';

/** A provider's body as JSON with storable texts; anything else is nothing, and the reader then refuses it. */
export function parseNoticeBody(text: string): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown) =>
      typeof value === 'string' ? storableText(value) : value,
    );
  } catch {
    return undefined;
  }
}
