/**
 * The address with one parameter of the query set: what stood there under the name is replaced, also as
 * `name[]`, and every other parameter stays as it was written.
 */
export function setParameter(address: string, name: string, value: string): string {
  const url = new URL(address);
  const others = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && nameOf(pair) !== name);
  url.search = [...others, `${name}=${encodeURIComponent(value)}`].join('&');
  return url.href;
}

function nameOf(pair: string): string {
  const [name = ''] = new URLSearchParams(pair).keys();
  return name.replace(/\[.*$/su, '');
}
