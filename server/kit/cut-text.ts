/**
 * The text, or as much of its beginning as has at most `longest` UTF-16 units, without half a character at
 * the end. Providers count units or code points, and a text never has more of the latter.
 */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const isInside = /[\ud800-\udbff]/.test(text.charAt(longest - 1));
  return text.slice(0, isInside ? longest - 1 : longest);
}
