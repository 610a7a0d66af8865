import { failpoint } from '../../kit/failpoint.ts';
import { callFor } from '../call-for.ts';
import type { ConfiguredMethod } from '../find-method.ts';
import type { AttemptFacts } from '../port/payment-request.ts';
import type { Evidence, OperationAnswer, ProviderMoney } from '../port/provider-answer.ts';
import { configuredFor, type PagePaymentContext } from './ask-page-payment.ts';
import { claimGiveBack, noteGivenBack } from './move-page-payment.ts';
import { factsOf, type PagePayment } from './page-payment.ts';

/** `again`: tried again by the plan. `stuck`: no machine can do it by the same call. */
export type GivenBack =
  | { kind: 'done' }
  | { kind: 'again'; reason: string }
  | { kind: 'stuck'; reason: string };

/**
 * Gives back what no order has used: releases what is reserved, or refunds what was taken. That it goes back
 * is committed first; the provider is asked what there is to give back, and its references follow from ours,
 * so that doing it again moves money once.
 */
export async function giveBackPagePayment(
  context: PagePaymentContext,
  found: PagePayment,
  isHeld: () => Promise<boolean>,
): Promise<GivenBack> {
  const isClaimed = found.state === 'giving_back' || (await claimGiveBack(context.database, found));
  if (!isClaimed) return { kind: 'done' };
  const configured = configuredFor(context, found);
  const ask = configured?.method.ask;
  if (!configured || !ask) return { kind: 'stuck', reason: 'not configured' };
  const call = callFor(context, configured);
  const facts = factsOf(found);
  const evidence = await ask(call, facts);
  const money = moneyOf(evidence, facts);
  if (!money) return { kind: 'again', reason: evidence.code ?? evidence.meaning };
  if (isBack(money)) return finish(context, found);
  if (!(await isHeld())) return { kind: 'again', reason: 'the lease was lost' };
  failpoint('before operation');
  const answer = await move(context, configured, { ...facts, money });
  failpoint('after operation');
  if (answer.kind !== 'succeeded') return readFailure(answer);
  const now = answer.money ?? (await ask(call, { ...facts, money })).money;
  return !now || isBack(now)
    ? finish(context, found)
    : { kind: 'again', reason: 'some of it is not back yet' };
}

/** Nothing where the provider does not tell how the money stands. */
function moneyOf({ meaning, money }: Evidence, facts: AttemptFacts): ProviderMoney | undefined {
  if (meaning === 'unknown' || meaning === 'pending' || meaning === 'not_sent') return undefined;
  if (money) return money;
  if (meaning === 'secured') return facts.money;
  return { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
}

function isBack(money: ProviderMoney): boolean {
  return toRefund(money) <= 0 && money.authorizedMinor - money.capturedMinor - money.cancelledMinor <= 0;
}

function toRefund({ capturedMinor, refundedMinor }: ProviderMoney): number {
  return capturedMinor - refundedMinor;
}

async function move(
  context: PagePaymentContext,
  configured: ConfiguredMethod,
  facts: AttemptFacts,
): Promise<OperationAnswer> {
  const { method } = configured;
  const call = callFor(context, configured);
  const amountMinor = toRefund(facts.money);
  const unused = { description: 'not used', vatMinor: 0, lines: undefined };
  const reference = (letter: string) => `${letter}${facts.reference.slice(1)}`;
  const answer =
    amountMinor > 0
      ? method.refund?.(call, facts, { ...unused, reference: reference('r'), amountMinor })
      : method.cancel?.(call, facts, { ...unused, reference: reference('b'), scope: 'reserved' });
  return (await answer) ?? { kind: 'failed', code: 'not offered', raw: '' };
}

function readFailure(answer: Exclude<OperationAnswer, { kind: 'succeeded' }>): GivenBack {
  switch (answer.kind) {
    case 'failed':
      return { kind: 'stuck', reason: answer.code };
    case 'already secured':
    case 'pending':
      return { kind: 'again', reason: answer.kind };
    case 'not sent':
    case 'unknown':
      return { kind: 'again', reason: answer.code };
  }
}

async function finish({ database }: PagePaymentContext, found: PagePayment): Promise<GivenBack> {
  await noteGivenBack(database, found);
  return { kind: 'done' };
}
