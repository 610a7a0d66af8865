import type { DemoPlace } from '@leveret/server/payments/port/payment-method.js';

/** The sandbox as the demo publisher's accounts know it; the same credentials for every purpose. */
export function demoPlace(sandboxUrl: string, token = 't'.repeat(32)): DemoPlace {
  return { sandboxUrl, credentialsFor: () => ({ token, username: 'leveret', password: 'p'.repeat(32) }) };
}
