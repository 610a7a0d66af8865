import type { DemoPlace } from '@leveret/server/commands/demo-methods/link-mobility-sms.js';

/** The sandbox as the demo publisher's accounts know it; one gate for every purpose. */
export function demoPlace(sandboxUrl: string, token = 't'.repeat(32)): DemoPlace {
  return { sandboxUrl, gateFor: () => ({ token, username: 'leveret', password: 'p'.repeat(32) }) };
}
