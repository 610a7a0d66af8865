import { Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { caseOutcomes } from '../case.ts';
import { resolveCase as resolve } from '../resolve-case.ts';
import { CaseReply, showCase } from '../show-case.ts';

const Body = narrowing({
  outcome: Type.Union([...caseOutcomes].map((outcome) => Type.Literal(outcome))),
  evidence: Type.String({
    minLength: 1,
    maxLength: 2000,
    description: 'what was found out or done, kept with the act: about the matter, never a person',
  }),
});
const Params = narrowing({ caseId: Type.Integer({ minimum: 1 }) });

export const resolveCase = endpoint({
  operationId: 'resolveCase',
  summary: 'Resolve a case with what was found out',
  description:
    'paid completes the order that waits; a completed order is paid by what the provider holds, which is ' +
    'asked once more. not_paid and given_back stop an order that waits. given_back is booked as a refund, ' +
    'and ends the access of a completed order by the rule for refunds when nothing of its money is left. ' +
    'again has the server try a failed capture, release or refund once more. accepted has a withdrawal ' +
    'take effect, and refused has it take none. dismissed only closes the case; money that nobody ' +
    'could find, or that is held for nobody, is asked about again a day later. While a capture, release or ' +
    'refund of the same money is under way, the answer is refused as money_is_under_way.',
  body: Body,
  params: Params,
  reply: CaseReply,
  changes: true,
  examples: {
    params: { caseId: 1 },
    body: { outcome: 'dismissed', evidence: 'The portal of the provider shows no payment.' },
  },
  async handle(
    context: { database: Database },
    call: ClientCall<Type.Static<typeof Body>, Type.Static<typeof Params>>,
  ) {
    const { caller, params } = call;
    const outcome = caseOutcomes.find((known) => known === call.body.outcome) ?? 'dismissed';
    const resolution = { outcome, evidence: call.body.evidence, resolvedBy: caller.clientId };
    const about = { publisherId: caller.publisher.publisherId, caseId: params.caseId };
    return runKeyed(context.database, call, `resolveCase ${params.caseId}`, async (transaction) => ({
      status: 200,
      body: showCase(await resolve(transaction, about, resolution)),
    }));
  },
});
