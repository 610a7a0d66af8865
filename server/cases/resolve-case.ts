import type { Transaction } from '../database/transaction.ts';
import { Problem } from '../kit/problem.ts';
import { type CaseEvent, outcomesOfKind } from './case.ts';
import { type CaseRow, findCase, type Resolution, resolveOpenCase } from './cases-store.ts';
import { resolvedEvent } from './closed-case.ts';

/**
 * Records what a person found out or did. The same outcome again answers the same; another one is refused,
 * as is one that does not answer the case. What follows for the payment and the order is the journey's.
 */
export async function resolveCase(
  transaction: Transaction,
  key: { publisherId: number; caseId: number },
  resolution: Resolution,
): Promise<CaseRow> {
  const { outcome } = resolution;
  const found = await findCase(transaction, key.publisherId, key.caseId);
  if (!found) throw new Problem('not_found');
  if (!outcomesOfKind[found.kind].includes(outcome)) throw misfit(found);
  const resolved = await resolveOpenCase(transaction, found, resolution);
  if (!resolved) {
    const now = await findCase(transaction, key.publisherId, key.caseId);
    if (now?.outcome === outcome) return now;
    throw new Problem('case_is_resolved');
  }
  const told = resolvedEvent(resolved, outcome);
  const { attempt_id: attemptId, operation_id: operationId, withdrawal_id: withdrawalId } = resolved;
  const about = {
    ...(attemptId !== null && { attemptId }),
    ...(operationId !== null && { operationId }),
    ...(withdrawalId !== null && { withdrawalId }),
  };
  await transaction.report<CaseEvent>([told, { ...told, ...about, name: 'case answered', outcome }]);
  return resolved;
}

function misfit(found: CaseRow): Problem {
  const fitting = outcomesOfKind[found.kind].join(' or ');
  return new Problem('case_outcome_does_not_fit', {
    detail: `A case of the kind ${found.kind} ends as ${fitting}.`,
  });
}
