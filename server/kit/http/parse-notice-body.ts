import { storableText } from '../storable-text.ts';

/** A JSON body with storable texts; anything else is nothing, and the reader then refuses it. */
export function parseNoticeBody(text: string): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown) =>
      typeof value === 'string' ? storableText(value) : value,
    );
  } catch {
    return undefined;
  }
}
