import { Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { cleanText } from '../../kit/clean-text.ts';
import { parseEmail } from '../../kit/credential.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { describes, narrowing } from '../../kit/http/field-sorts.ts';
import { orderId } from '../../kit/ids.ts';
import { fieldProblem } from '../../kit/problem.ts';
import { dateForms, readDate } from '../../kit/read-date.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { receiveWithdrawal as receive } from '../receive-withdrawal.ts';
import { showWithdrawal, WithdrawalReply } from '../show-withdrawal.ts';

const Params = narrowing({ orderId: Type.Integer({ minimum: 1 }) });
const Body = narrowing({
  lines: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 32_767 }), {
      minItems: 1,
      maxItems: 100,
      description: 'line numbers; without them the whole order',
    }),
  ),
  name: Type.String({ minLength: 1, maxLength: 200, description: 'who withdraws, as the statement says' }),
  receiptTo: Type.Optional(
    Type.String({ maxLength: 255, description: 'the e-mail address for the receipt, where it is another' }),
  ),
  receivedAt: Type.Optional(
    Type.Union([Type.Integer(), Type.String({ maxLength: 40 })], {
      description: `when it was sent, such as the postmark of a letter; now unless said. ${dateForms}`,
    }),
  ),
  reason: describes(
    Type.Optional(
      Type.String({ maxLength: 200, description: 'where the buyer gave one; it is never asked for' }),
    ),
  ),
});
const Reply = Type.Interface([WithdrawalReply], {
  warnings: Type.Array(Type.Object({ field: Type.String(), rule: Type.String(), message: Type.String() })),
});

type Call = ClientCall<Type.Static<typeof Body>, Type.Static<typeof Params>>;

export const receiveWithdrawal = endpoint({
  operationId: 'receiveWithdrawal',
  summary: 'Withdraw from an order for its buyer',
  description:
    "For a statement of withdrawal that came to you: it counts as proven to be the buyer's. In time and " +
    'with a right it takes effect at once (accepted): access and subscriptions end, and what was paid goes ' +
    'back by the rule of the publisher, as by /refund; an order that is not completed is cancelled. What ' +
    'was withdrawn before is repeated, and the first statement stands. After the days or without a right ' +
    'it is kept and waits for a person (to_check): a case, and no money.',
  params: Params,
  body: Body,
  reply: Reply,
  status: 202,
  changes: true,
  examples: {
    params: { orderId: 100_000 },
    body: { name: 'Kari Nordmann', receiptTo: 'kari@example.com', reason: 'by letter' },
  },
  async handle(context: { database: Database }, call: Call) {
    const id = orderId(call.params.orderId);
    const { publisher } = call.caller;
    const { lines: named, reason: remark } = call.body;
    const [name, receiptTo] = [readName(call.body.name), readReceiptTo(call.body.receiptTo)];
    return runKeyed(context.database, call, `receiveWithdrawal ${id}`, async (transaction) => {
      const statement = {
        publisher,
        orderReference: String(id),
        named,
        name,
        receiptTo,
        language: undefined,
        statedAt: readReceivedAt(call),
        remark,
      };
      const row = await receive(transaction, statement, { id, proof: 'client' });
      return { status: 202, body: { ...showWithdrawal(row), warnings: call.warnings } };
    });
  },
});

function readName(given: string): string {
  const name = cleanText(given);
  if (name !== '') return name;
  throw fieldProblem('input_is_invalid', 'name', 'name must say who withdraws');
}

function readReceiptTo(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const email = parseEmail(given);
  if (email) return email.shown;
  throw fieldProblem('email_is_invalid', 'receiptTo', 'receiptTo is not an e-mail address');
}

/** Whether it is a day that can be is asked when the order is known. */
function readReceivedAt({ body, caller }: Call): Date | undefined {
  if (body.receivedAt === undefined) return undefined;
  const { timeZone } = caller.publisher;
  const reading = readDate(body.receivedAt, { kind: 'moment', timeZone, now: new Date(0) });
  if (!reading.ok) throw fieldProblem('date_is_invalid', 'receivedAt', `receivedAt ${reading.message}`);
  if (reading.date !== undefined) return reading.date;
  throw fieldProblem('date_is_invalid', 'receivedAt', `receivedAt ${reading.warning}`);
}
