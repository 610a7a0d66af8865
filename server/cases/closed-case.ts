import { orderId, publisherId } from '../kit/ids.ts';
import type { CaseEvent, CaseKind, CaseOutcome } from './case.ts';

/** The columns behind `ClosedRow`, for RETURNING. */
export const closedColumns = 'case_id, publisher_id, order_id, kind';

export type ClosedRow = { case_id: number; publisher_id: number; order_id: number | null; kind: CaseKind };

export type ClosedOutcome = CaseOutcome | 'by_provider';

export function resolvedEvent(row: ClosedRow, outcome: ClosedOutcome): CaseEvent {
  return {
    name: 'case resolved',
    publisherId: publisherId(row.publisher_id),
    ...(row.order_id !== null && { orderId: orderId(row.order_id) }),
    caseId: row.case_id,
    kind: row.kind,
    outcome,
  };
}
