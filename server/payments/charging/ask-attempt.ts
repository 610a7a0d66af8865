import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { failpoint } from '../../kit/failpoint.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { dropAttempt } from '../ledger/drop-attempt.ts';
import { type FoundAttempt, findAttempt } from '../ledger/find-attempt.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import { newReference } from '../ledger/new-reference.ts';
import { callFor } from '../merchants/call-for.ts';
import type { ConfiguredMethod, MethodDirectory } from '../merchants/find-method.ts';
import { type AttemptState, isOpen } from '../payment.ts';
import type { MethodContext } from '../port/payment-method.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { describeCharge } from './describe-charge.ts';
import type { Addresses } from './describe-payment.ts';
import { lostSessionSeconds } from './find-browser-payment.ts';
import { mayChargeAgain } from './may-charge-again.ts';
import { mayStillArrive } from './may-still-arrive.ts';
import { goOnIfDropped } from './start-soon.ts';

export type AskContext = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
  settings: Addresses;
};

/**
 * Asks the provider about an attempt, with no transaction open, and applies what it says. `givesUp`: what the
 * buyer has not paid is ended at the provider first, so that the answer is final. Safe to run beside itself.
 */
export async function askAttempt(
  context: AskContext,
  found: FoundAttempt,
  options: { givesUp: boolean },
): Promise<AttemptState> {
  const { configured } = found;
  if (!configured?.method.ask) return found.state;
  if (isLostSession(found)) return found.ageSeconds < lostSessionSeconds ? found.state : drop(context, found);
  // Nothing was charged yet that could be asked about.
  if (awaitsCode(found)) return options.givesUp ? drop(context, found) : found.state;
  const call = callFor(context, configured);
  if (options.givesUp && isOpen(found.state)) await endUnpaid(call, configured, found);
  failpoint('before ask');
  const evidence = await configured.method.ask(call, found.facts);
  failpoint('after ask');
  const chargeRepeats = configured.method.chargeRepeats === true;
  if (evidence.meaning === 'not_sent' && mayChargeAgain(found, { ...options, chargeRepeats })) {
    return chargeAgain(context, found);
  }
  const { meaning } = evidence;
  const isKnown = meaning !== 'not_sent' || !mayStillArrive(found);
  return apply(context, found, 'question', { ...evidence, meaning: isKnown ? meaning : 'unknown' });
}

function isLostSession({ flow, state, facts }: FoundAttempt): boolean {
  return flow === 'browser' && (state === 'sent' || state === 'created') && facts.providerId === undefined;
}

/** A code was sent that the buyer has not typed. */
function awaitsCode({ flow, state }: FoundAttempt): boolean {
  return flow === 'browser' && state === 'created';
}

function drop(context: AskContext, found: FoundAttempt): Promise<AttemptState> {
  if (found.state === 'created') {
    return context.database.transaction('drop-attempt', async (transaction) => {
      const state = await dropAttempt(context, transaction, found);
      await goOnIfDropped(transaction, found, state);
      return state;
    });
  }
  return apply(context, found, 'answer', { meaning: 'not_sent', code: 'no session', raw: '' });
}

/**
 * Whatever it answers, asking tells what came of it. Ending twice ends once, and a provider may hold its
 * refusal to the reference, so that each call has its own.
 */
async function endUnpaid(
  call: MethodContext,
  { method }: ConfiguredMethod,
  { facts }: FoundAttempt,
): Promise<void> {
  await method.cancel?.(call, facts, {
    reference: newReference(),
    description: 'not paid',
    scope: 'unpaid only',
  });
}

/** The provider never had the call: it is made again with the same reference, which it takes only once. */
async function chargeAgain(context: AskContext, found: FoundAttempt): Promise<AttemptState> {
  const { configured, facts } = found;
  const charge = configured?.method.charge;
  if (!configured || !charge) return found.state;
  const request = await context.database.transaction('describe-charge', async (transaction) => {
    const { order, attempt } = (await lockPayment(transaction, found)) ?? {};
    if (order?.state !== 'paying' || order.is_cancel_asked) return undefined;
    // What another runner has dropped meanwhile may be charged by a new attempt already.
    if (!attempt || !isOpen(attempt.state)) return undefined;
    const { merchantId } = configured;
    const { noticeToken } = found;
    const named = { reference: facts.reference, adapter: configured.method.name, noticeToken, merchantId };
    return describeCharge(context, transaction, order, named, found.windowSecondsLeft);
  });
  if (!request) return found.state;
  failpoint('before charge');
  const evidence = await charge(callFor(context, configured), request);
  failpoint('after charge');
  return apply(context, found, 'answer', evidence);
}

const countStatement = sql(
  'paymentAttempts.countQuestion',
  'UPDATE payment_attempts SET asked_count = asked_count + 1 WHERE publisher_id = $1 AND attempt_id = $2',
);

function apply(
  context: AskContext,
  { publisherId, attemptId, state: before }: FoundAttempt,
  source: 'answer' | 'question',
  evidence: Evidence,
): Promise<AttemptState> {
  return context.database.transaction('apply-question', async (transaction) => {
    const state = await applyEvidence(context, transaction, { publisherId, attemptId, source, evidence });
    // How often was asked plans the next question, and what has ended has none.
    if (isOpen(state)) await transaction.query(countStatement, [publisherId, attemptId]);
    else if (isOpen(before)) await goOnIfDropped(transaction, { publisherId, attemptId }, state);
    return state;
  });
}

/** Asks about the attempt with this id; nothing where it is not there. */
export async function askAttemptById(
  context: AskContext,
  publisherId: number,
  attemptId: number,
  options: { givesUp: boolean },
): Promise<AttemptState | undefined> {
  const found = await findAttempt(context, publisherId, attemptId);
  return found && askAttempt(context, found, options);
}
