/** The text as the database can keep it, which knows neither null characters nor half surrogates. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}
