import type { Decision, PaymentDesk } from '../control/payment-desk.ts';
import { BadInput } from '../kit/bad-input.ts';
import type { Charge } from '../kit/ledger.ts';
import { writeReports } from './delivery-report.ts';
import { type Booking, bookingWorkKind, type Link } from './link.ts';
import { type ReportWork, reportWorkKind } from './post-report.ts';

/** How each decision is booked and reported; leaving a charge alone stops all reports. */
const outcomes = {
  approve: { state: 'charged', resultCode: 1001 },
  refuse: { state: 'declined', resultCode: 2205 },
  expire: { state: 'declined', resultCode: 1002 },
  abandon: undefined,
} as const satisfies Record<Decision, { state: Charge['state']; resultCode: number } | undefined>;

/** Lets the control API show and decide LINK's charges; one that is charged or declined stays so. */
export function linkPaymentDesk(link: Link): PaymentDesk {
  return {
    list: () => link.world.ledger.charges().filter((charge) => charge.provider === 'link'),
    find: (id) => link.submitted(id) && link.world.ledger.charge(id),
    decide: (id, decision) => decide(link, id, decision),
  };
}

async function decide(link: Link, id: string, decision: Decision): Promise<void> {
  const message = link.submitted(id);
  const state = link.world.ledger.charge(id)?.state;
  if (!message || state === undefined) return;
  if (state !== 'unknown') throw new BadInput('id', 'undecided', `the charge is already ${state}`, 409);
  link.world.dueWork.cancel<Booking>(bookingWorkKind, (booking) => booking.id === id);
  link.world.dueWork.cancel<ReportWork>(reportWorkKind, (work) => work.report.id === id);
  const outcome = outcomes[decision];
  if (!outcome) return;
  link.book({ id, state: outcome.state });
  const now = link.world.clock.now();
  for (const report of writeReports(message, outcome.resultCode, now)) {
    for (const gateId of message.gateIds) {
      await link.reporting.post({ report, gateId, attempt: 1, firstAtMilliseconds: now });
    }
  }
}
