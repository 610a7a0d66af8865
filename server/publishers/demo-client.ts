/** Known to everyone, so it is for the sandbox only. */
export const demoClientId = 'no.leveret.demo';
export const demoClientSecret = 'leveret-demo-secret';

/** Whether a client may get tokens here: the demo client may not where money is real. */
export function isClientOfMode(mode: 'sandbox' | 'live', clientId: string): boolean {
  return mode === 'sandbox' || clientId !== demoClientId;
}
