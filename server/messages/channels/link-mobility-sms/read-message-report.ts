import type { WebhookCredentials } from '../../../kit/webhook-credentials.ts';
import { hasCredentials, readLinkReport } from '../../../provider-clients/link-mobility/read-report.ts';

export type MessageReport =
  | { kind: 'refused'; reason: 'wrong credentials' | 'not understood' }
  | { kind: 'nothing new' }
  | { kind: 'ended'; reference: string; state: 'delivered' | 'failed'; code: string };

/** Reads a delivery report of a message that came to `gateToken` with `authorization`. */
export function readMessageReport(
  credentials: WebhookCredentials,
  given: { gateToken: string | undefined; authorization: string | undefined; body: unknown },
): MessageReport {
  const isOurs =
    given.gateToken === credentials.token &&
    hasCredentials(given.authorization, credentials.username, credentials.password);
  if (!isOurs) return { kind: 'refused', reason: 'wrong credentials' };
  const report = readLinkReport(given.body);
  if (!report) return { kind: 'refused', reason: 'not understood' };
  const state = stateOfCode(report.resultCode);
  if (!state) return { kind: 'nothing new' };
  return { kind: 'ended', reference: report.refId, state, code: String(report.resultCode) };
}

const temporary = [1000, 1005, 1007, 1008, 1011, 1012, 1013];

/**
 * What a delivery report says about a message: 1001 reached the handset, temporary codes say nothing yet,
 * every other code means that it did not arrive. Source: LINK Mobility, MT and delivery reports 1.18.
 */
function stateOfCode(resultCode: number): 'delivered' | 'failed' | undefined {
  if (resultCode === 1001) return 'delivered';
  return temporary.includes(resultCode) ? undefined : 'failed';
}
