/** What stands after an address in a sentence, a mail or a tracker's hands, and in no token of ours. */
const notOfToken =
  /[&<>"'(){}[\],;:!*\\|`]|%(?:2[0-26-9CA]|3[A-F]|5[BD]|7[BD]|0[9AD]|C2|E2)|%(?![0-9A-F]{2})/i;

/**
 * The address without what was copied with it: under each of `prefixes` stands a token, and what follows it
 * (`.`, `)`, `>`, `%20`, `&gt;`, a slash, `&fbclid=`) was no part of the address. A query stays.
 */
export function withoutCopied(url: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((one) => url.startsWith(one));
  if (prefix === undefined) return url;
  const [path = '', ...query] = url.split('?');
  const behind = path.slice(prefix.length);
  const end = behind.search(notOfToken);
  const kept = (end === -1 ? behind : behind.slice(0, end)).replace(/(?<![./])[./]{1,20}$/, '');
  if (kept === '') return url;
  return [prefix + kept, ...query].join('?');
}
