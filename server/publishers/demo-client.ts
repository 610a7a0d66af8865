/** Known to everyone, so it is for the sandbox only. */
export const demoClientId = 'no.leveret.demo';
export const demoClientSecret = 'leveret-demo-secret';

/**
 * Whether a client may get tokens, and use those that it has: a disabled one may not, and the demo client may
 * not where money is real.
 */
export function mayHaveTokens(
  mode: 'sandbox' | 'live',
  client: { clientId: string; isDisabled: boolean },
): boolean {
  return !client.isDisabled && (mode === 'sandbox' || client.clientId !== demoClientId);
}
