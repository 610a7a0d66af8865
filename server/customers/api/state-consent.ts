import type { Secrets } from '../../config/secrets.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { cleanCode, cleanText } from '../../kit/clean-text.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { fieldProblem } from '../../kit/problem.ts';
import { readDate } from '../../kit/read-date.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { ConsentBody } from '../consent-body.ts';
import { holdCustomer } from '../hold-customer.ts';
import { stateConsent as state } from '../state-consent.ts';
import { CustomerChanged, CustomerParams, statedAnswer } from './customer-answers.ts';

type ConsentCall = ClientCall<ConsentBody, CustomerParams>;

export const stateConsent = endpoint({
  operationId: 'stateConsent',
  summary: 'Keep that a customer gives or withdraws a consent',
  description:
    'Each statement is kept with its version, time and source, and none is changed afterwards. What was ' +
    'said last holds, whenever it came here: one that was said before it is kept, and warned of ' +
    '(said_before). What holds already is not kept twice. Of a day alone, a yes is of its beginning and a ' +
    'no of its end; a no of the same moment counts. A no is always taken. The original’s path is not ' +
    'known: this one is ours.',
  params: CustomerParams,
  body: ConsentBody,
  reply: CustomerChanged,
  changes: true,
  examples: {
    params: { customerNumber: 1_000_000 },
    body: { consentCode: 'NEWS', state: 'given', version: 1, channelCode: 'email', source: 'by letter' },
  },
  handle(
    context: { database: Database; clock: DatabaseClock; secrets: Pick<Secrets, 'credentialHash'> },
    call: ConsentCall,
  ) {
    const number = customerNumber(call.params.customerNumber);
    const { publisher, clientId } = call.caller;
    const key = { publisherId: publisher.publisherId, customerNumber: number };
    const { body } = call;
    const source = cleanText(body.source);
    if (source === '') throw fieldProblem('input_is_invalid', 'source', 'source must say how it came');
    const statement = {
      consentCode: cleanCode(body.consentCode),
      version: body.version,
      channelCode: cleanCode(body.channelCode ?? ''),
      state: body.state,
      statedAt: readStatedAt(call, context.clock.now()),
      source,
      by: { kind: 'client', id: clientId },
    } as const;
    return runKeyed(context.database, call, `stateConsent ${number}`, async (transaction) => {
      await holdCustomer(transaction, key, context.secrets.credentialHash);
      const effect = await state(transaction, key, statement);
      return statedAnswer(number, effect, call.warnings);
    });
  },
});

/** Nothing stands for now. A no that says only its day may have been said after all else of that day. */
function readStatedAt({ body, caller }: ConsentCall, now: Date): Date | undefined {
  if (body.statedAt === undefined) return undefined;
  const rules = { kind: 'moment', timeZone: caller.publisher.timeZone, now } as const;
  const reading = readDate(body.statedAt, rules);
  const why = reading.ok ? reading.warning : reading.message;
  if (!reading.ok || !reading.date) throw fieldProblem('date_is_invalid', 'statedAt', `statedAt ${why}`);
  if (reading.date > now) throw fieldProblem('date_is_invalid', 'statedAt', 'statedAt is in the future');
  if (body.state === 'given') return reading.date;
  const end = readDate(body.statedAt, { ...rules, ofDay: 'end' });
  return end.ok && end.date && end.date <= now ? end.date : undefined;
}
