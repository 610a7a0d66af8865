/** Is this an address that Vipps MobilePay takes? Here http is taken too, for this machine alone. */
export function isTakenAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
