/** Whatever is no letter of a token (base64url) or a slash, and so was copied with it, escaped or not. */
const notOfToken = /[^A-Za-z0-9_\-/]/;

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
  const kept = (end === -1 ? behind : behind.slice(0, end)).replace(/(?<!\/)\/{1,20}$/, '');
  if (kept === '') return url;
  return [prefix + kept, ...query].join('?');
}
