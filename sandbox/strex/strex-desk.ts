import type { Decision, PaymentDesk } from '../control/payment-desk.ts';
import { BadInput } from '../kit/bad-input.ts';
import type { Charge } from '../kit/ledger.ts';
import { recipientKey } from '../kit/recipient.ts';
import { failed, ok, type Status } from './status.ts';
import { type StepWork, type Strex, stepWorkKind } from './strex.ts';

/** The reader did nothing until the time was over. */
const unanswered = failed('TimeoutError');

/** What each decision makes of a transaction; one that is left alone ends in its own time. */
const outcomes: Record<Decision, Status | undefined> = {
  approve: ok,
  refuse: failed('Rejected'),
  expire: unanswered,
  abandon: undefined,
};

/** Lets the control API, the buyer's page and the phone decide Strex' charges. */
export function strexPaymentDesk(strex: Strex): PaymentDesk {
  const list = () => strex.world.ledger.charges().filter((charge) => charge.provider === 'strex');
  return {
    list,
    find: (id) => (strex.find(id) ? strex.world.ledger.charge(id) : undefined),
    decide: (id, decision) => decide(strex, id, decision),
    asksOn: (mobile) =>
      list()
        .filter((one) => one.state === 'unknown' && recipientKey(one.destination) === recipientKey(mobile))
        .map(askOf),
  };
}

function askOf(charge: Charge) {
  return {
    app: 'Strex' as const,
    paymentId: charge.id,
    amountMinor: charge.amountMinor,
    currency: charge.currency,
    text: charge.description,
    askedAt: charge.acceptedAt,
  };
}

async function decide(strex: Strex, id: string, decision: Decision): Promise<void> {
  const { dueWork, ledger } = strex.world;
  const transaction = strex.find(id);
  const state = ledger.charge(id)?.state;
  if (!transaction || state === undefined) return;
  if (state !== 'unknown') throw new BadInput('id', 'undecided', `the charge is already ${state}`, 409);
  dueWork.cancel<StepWork>(stepWorkKind, (step) => step.transactionId === id);
  const status = outcomes[decision];
  if (status) strex.move({ transactionId: id, status });
  else strex.promiseStep(transaction.expiresAtMilliseconds, { transactionId: id, status: unanswered });
}
