import { OperatorError } from '../kit/operator-error.ts';

/**
 * Reads origins at which payment providers may stand beside those that the adapters know, with commas between
 * them. Throws `OperatorError` where one is no origin, or could not be called in this mode.
 */
export function readProviderAddresses(value: string | undefined, mode: 'sandbox' | 'live'): string[] {
  const addresses = (value ?? '').split(',').map((address) => address.trim());
  return addresses.filter((address) => address !== '').map((address) => readOrigin(address, mode));
}

function readOrigin(address: string, mode: 'sandbox' | 'live'): string {
  const url = URL.parse(address);
  const forms = mode === 'live' ? ['https:'] : ['https:', 'http:'];
  if (!url || !forms.includes(url.protocol)) {
    const starts = forms.map((form) => `${form}//`).join(' or ');
    throw new OperatorError(`PROVIDER_ADDRESSES must be an address that starts with ${starts}.`);
  }
  if (url.href !== `${url.origin}/`) {
    throw new OperatorError(`PROVIDER_ADDRESSES has ${url.origin}…, which is more than a scheme and a host.`);
  }
  if (mode === 'live' && url.port !== '') {
    throw new OperatorError(`PROVIDER_ADDRESSES has ${url.origin}: in live mode only port 443 is called.`);
  }
  return url.origin;
}
