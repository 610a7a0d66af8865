/** Spaces and line ends of every kind, which all become a plain space in a text of one line. */
const anySpace = /[\p{Z}\t\n\v\f\r\u0085]/gu;

/**
 * What nobody sees: controls, marks of direction, joiners, soft hyphens, byte-order marks, fillers and the
 * empty Braille cell. The signs in the look-ahead are format characters that are drawn.
 */
const invisible = /(?![\u0600-\u0605\u06dd\u070f])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The same, but for joiners inside a word or an emoji that is written with them. */
const invisibleInWords = new RegExp(
  [
    '(?<=[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}',
    '\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}',
    '\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Mongolian}])',
    '[\\u200c\\u200d](?=\\p{L})',
    '|(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})',
    '|(?<=\\p{Extended_Pictographic})\\ufe0f',
    `|(${invisible.source})`,
  ].join(''),
  'gu',
);

/** Hyphens, dashes and minus signs as phones, browsers, word processors and spreadsheets write them. */
const anyHyphen = /[\u2010-\u2015\u2043\u207b\u208b\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d\u058a]/gu;

/** ASCII as East Asian keyboards write it: U+FF01 to U+FF5E. */
const fullWidth = /[\uff01-\uff5e]/gu;

/**
 * A name, a place or another text of one line as it was meant: NFC, without outer spaces and invisible
 * characters, every space a plain one. Joiners stay where a script or an emoji is written with them.
 */
export function cleanText(text: string): string {
  return tidy(text, (given) =>
    given.replace(invisibleInWords, (kept, drawn?: string) => (drawn ? '' : kept)),
  );
}

/**
 * An identifier that others gave (a transaction, a product): as `cleanText`, with nothing invisible in it.
 * Case stays, since it may tell two apart.
 */
export function cleanCode(text: string): string {
  return tidy(text, (given) => given.replace(invisible, ''));
}

/**
 * What somebody typed into a field for a phone number, an e-mail address, a code or a date, in plain ASCII as
 * far as it has ASCII twins: full-width characters, other scripts' digits, hyphens and spaces.
 */
export function foldTyped(text: string): string {
  const narrow = text.replace(fullWidth, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
  return cleanCode(foldDigits(narrow.replace(anyHyphen, '-')));
}

/** The digits of a typed text, as ASCII, whatever stands between or around them. */
export function digitsOf(text: string): string {
  return foldTyped(text).replace(/[^0-9]/g, '');
}

/** Whether nobody would see anything of the text. */
export function isBlank(text: string): boolean {
  return cleanCode(text) === '';
}

function tidy(text: string, dropInvisible: (text: string) => string): string {
  // Spaces first: a tab and a line end are controls too, and stand between words.
  const visible = dropInvisible(text.replace(anySpace, ' '));
  return visible.trim().normalize('NFC');
}

function foldDigits(text: string): string {
  return text.replace(/\P{ASCII}/gu, (one) => (/\p{Nd}/u.test(one) ? String(digitOf(one)) : one));
}

/** Unicode keeps decimal digits in rows of ten, from zero on, and rows may follow on each other. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
}
