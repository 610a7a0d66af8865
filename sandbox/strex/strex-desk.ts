import type { Decision, PaymentDesk } from '../control/payment-desk.ts';
import { BadInput } from '../kit/bad-input.ts';
import type { Charge } from '../kit/ledger.ts';
import { recipientKey } from '../kit/recipient.ts';
import { type ReportWork, reportWorkKind, writeReport } from './post-report.ts';
import { failed, ok, type Status } from './status.ts';
import { type StepWork, type Strex, stepWorkKind } from './strex.ts';

/** What each decision makes of a transaction; one that is left alone expires in its own time. */
const outcomes: Record<Decision, Status | undefined> = {
  approve: ok,
  refuse: failed('Rejected'),
  expire: failed('Expired'),
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
  dueWork.cancel<ReportWork>(reportWorkKind, (work) => work.transactionId === id);
  const status = outcomes[decision];
  if (status) strex.move({ transactionId: id, status });
  else strex.promiseStep(transaction.expiresAtMilliseconds, { transactionId: id, status: failed('Expired') });
  const report = writeReport(transaction, status ?? failed('Expired'));
  if (!report) return;
  if (status) await strex.reporting.post(report);
  else strex.reporting.promise(transaction.expiresAtMilliseconds, report);
}
