import { Type } from 'typebox';
import { runOnce } from '../../database/idempotency-keys.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { caseOutcomes } from '../case.ts';
import { resolveCase as resolve } from '../resolve-case.ts';
import { CaseReply, showCase } from '../show-case.ts';

const Body = narrowing({
  outcome: Type.Union([...caseOutcomes].map((outcome) => Type.Literal(outcome))),
  evidence: Type.String({ minLength: 1, maxLength: 2000 }),
});
const Params = narrowing({ caseId: Type.Integer({ minimum: 1 }) });

export const resolveCase = endpoint({
  operationId: 'resolveCase',
  summary: 'Resolve a case with what was found out',
  description:
    'paid completes the order that waits, not_paid and given_back stop it, and given_back is booked as a ' +
    'refund. again has the server try a failed capture, release or refund once more. dismissed only closes ' +
    'the case; money that nobody could find is asked for again a day later.',
  body: Body,
  params: Params,
  reply: CaseReply,
  changes: true,
  async handle(
    context: { database: Database },
    call: ClientCall<Type.Static<typeof Body>, Type.Static<typeof Params>>,
  ) {
    const { caller, params, idempotencyKey: key, bodyText } = call;
    const outcome = caseOutcomes.find((known) => known === call.body.outcome) ?? 'dismissed';
    const once = { clientId: caller.clientId, operation: `resolveCase ${params.caseId}`, key, bodyText };
    const resolution = { outcome, evidence: call.body.evidence, resolvedBy: caller.clientId };
    return context.database.transaction('resolve-case', (transaction) =>
      runOnce(transaction, once, async () => {
        const row = await resolve(
          transaction,
          { publisherId: caller.publisher.publisherId, caseId: params.caseId },
          resolution,
        );
        return { status: 200, body: showCase(row) };
      }),
    );
  },
});
