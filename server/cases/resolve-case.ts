import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import type { CaseEvent } from './case.ts';
import { type CaseRow, findCase, type Resolution, resolveOpenCase } from './cases-store.ts';

/**
 * Records what a person found out. The same outcome again answers the same; another one is refused. What
 * follows for the payment and the order is the journey's.
 */
export async function resolveCase(
  transaction: Transaction,
  key: { publisherId: number; caseId: number },
  resolution: Resolution,
): Promise<CaseRow> {
  const found = await findCase(transaction, key.publisherId, key.caseId);
  if (!found) throw new Problem('not_found');
  const resolved = await resolveOpenCase(transaction, found, resolution);
  if (!resolved) {
    const now = await findCase(transaction, key.publisherId, key.caseId);
    if (now?.outcome === resolution.outcome) return now;
    throw new Problem('case_is_resolved');
  }
  await transaction.report<CaseEvent>([
    {
      name: 'case resolved',
      publisherId: publisherId(resolved.publisher_id),
      orderId: orderId(resolved.order_id),
      caseId: resolved.case_id,
      kind: resolved.kind,
      outcome: resolution.outcome,
      ...(resolved.attempt_id !== null && { attemptId: resolved.attempt_id }),
    },
  ]);
  return resolved;
}
