import { Type } from 'typebox';
import type { CaseRow } from './cases-store.ts';

export const CaseReply = Type.Object({
  caseId: Type.Integer(),
  orderId: Type.Union([Type.Integer(), Type.Null()]),
  attemptId: Type.Union([Type.Integer(), Type.Null()]),
  operationId: Type.Union([Type.Integer(), Type.Null()]),
  withdrawalId: Type.Union([Type.Integer(), Type.Null()]),
  kind: Type.String(),
  state: Type.String(),
  outcome: Type.Union([Type.String(), Type.Null()]),
  evidence: Type.Union([Type.String(), Type.Null()]),
  resolvedBy: Type.Union([Type.String(), Type.Null()]),
  openedAt: Type.String(),
  resolvedAt: Type.Union([Type.String(), Type.Null()]),
});

export function showCase(row: CaseRow) {
  return {
    caseId: row.case_id,
    orderId: row.order_id,
    attemptId: row.attempt_id,
    operationId: row.operation_id,
    withdrawalId: row.withdrawal_id,
    kind: row.kind,
    state: row.state,
    outcome: row.outcome,
    evidence: row.evidence,
    resolvedBy: row.resolved_by,
    openedAt: row.opened_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
  };
}
