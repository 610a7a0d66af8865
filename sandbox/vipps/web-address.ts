const onThisMachine = ['127.0.0.1', 'localhost', '[::1]'];
/** What a browser would run or show instead of going there. */
const notPlaces = ['http:', 'javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'];

/** Is this an address that Vipps MobilePay takes? Here http is taken too, for this machine alone. */
export function isTakenAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && onThisMachine.includes(url.hostname);
}

/**
 * Where a buyer may be sent back to: such an address, or an app by a scheme of its own (`myapp://home`).
 * Source: ePayment API 1.8.1, `returnUrl`; Recurring API, `merchantRedirectUrl`.
 */
export function isTakenWayBack(text: string): boolean {
  const url = URL.parse(text);
  return isTakenAddress(text) || (url !== null && !notPlaces.includes(url.protocol));
}
