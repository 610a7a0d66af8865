const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

const replacements: ReadonlyMap<string, string> = new Map<string, string>([
  ...replaceEach('‘’‚‛′`´', "'"),
  ...replaceEach('“”„‟″«»', '"'),
  ...replaceEach('‐‑‒–—―−•', '-'),
  ...replaceEach(
    '\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
    ' ',
  ),
  ['…', '...'],
  ['‹', '<'],
  ['›', '>'],
  ['⁄', '/'],
  ['·', '.'],
  ['×', 'x'],
  ['©', '(c)'],
  ['®', '(R)'],
  ['Đ', 'D'],
  ['đ', 'd'],
  ['Ð', 'D'],
  ['ð', 'd'],
  ['Þ', 'Th'],
  ['þ', 'th'],
  ['Ł', 'L'],
  ['ł', 'l'],
  ['Œ', 'OE'],
  ['œ', 'oe'],
  ['ı', 'i'],
  ['ẞ', 'SS'],
  ['\r', ''],
  ['\f', ''],
]);

/**
 * Septets that `text` takes in the GSM 7-bit alphabet, characters of the extension table counting two
 * (3GPP TS 23.038, 6.2.1). Undefined when a character is in neither table.
 */
export function gsm7Length(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    const width = gsm7Width(character);
    if (width === undefined) return undefined;
    septets += width;
  }
  return septets;
}

/**
 * Messages a gateway sends, and bills, for `text`: one of 160 septets or parts of 153, and where the text
 * does not fit GSM-7, one of 70 UTF-16 units or parts of 67. No character is split over two parts.
 */
export function segmentCount(text: string): number {
  const isGsm7 = gsm7Length(text) !== undefined;
  const widths = Array.from(text, (character) => (isGsm7 ? (gsm7Width(character) ?? 0) : character.length));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  if (whole <= (isGsm7 ? 160 : 70)) return 1;
  const partSize = isGsm7 ? 153 : 67;
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > partSize) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return parts;
}

/** The nearest text in GSM-7: quotes, dashes and accents simplified, emoji and the like left out. */
export function toGsm7(text: string): string {
  return Array.from(text.normalize('NFC'), nearestGsm7).join('');
}

/** The longest start of a GSM-7 `text` within `septets`, marked with three dots when something is cut. */
export function shortenGsm7(text: string, septets: number): string {
  if ((gsm7Length(text) ?? Infinity) <= septets) return text;
  const mark = septets > 6 ? '...' : '';
  let kept = '';
  let used = mark.length;
  for (const character of text) {
    used += gsm7Width(character) ?? Infinity;
    if (used > septets) break;
    kept += character;
  }
  return kept.trimEnd() + mark;
}

function replaceEach(characters: string, replacement: string): [string, string][] {
  return Array.from(characters, (character) => [character, replacement]);
}

function gsm7Width(character: string): 1 | 2 | undefined {
  if (basic.has(character)) return 1;
  return extension.has(character) ? 2 : undefined;
}

function nearestGsm7(character: string): string {
  const replacement = replacements.get(character);
  if (replacement !== undefined) return replacement;
  if (gsm7Width(character) !== undefined) return character;
  const simplified = Array.from(character.normalize('NFKD'), (part) => replacements.get(part) ?? part);
  return simplified.filter((part) => gsm7Length(part) !== undefined).join('');
}
