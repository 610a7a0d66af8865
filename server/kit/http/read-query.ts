import { repeatedField } from './read-body.ts';

/** The parameters of an address by name, as text. Refuses one that is given more than once. */
export function readQuery(url: string | undefined): Record<string, string> {
  const start = url?.indexOf('?') ?? -1;
  if (url === undefined || start === -1) return {};
  const entries = [...new URLSearchParams(url.slice(start + 1))];
  const seen = new Set<string>();
  for (const [name] of entries) {
    if (seen.has(name)) throw repeatedField(name);
    seen.add(name);
  }
  return Object.fromEntries(entries);
}
