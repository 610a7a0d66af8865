import { randomUUID } from 'node:crypto';
import type { Vipps } from '../vipps.ts';
import {
  type Payment,
  type PaymentEvent,
  type PaymentEventName,
  type PaymentState,
  showEvent,
} from './payment.ts';

/** What may follow; what the buyer or the clock ends stays so. */
const following: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  CREATED: ['AUTHORIZED', 'ABORTED', 'EXPIRED', 'TERMINATED'],
  AUTHORIZED: [],
  ABORTED: [],
  EXPIRED: [],
  TERMINATED: [],
};

/** Moves an undecided payment; false when it is decided already. */
export function decideState(vipps: Vipps, payment: Payment, state: PaymentState, key?: string): boolean {
  if (!following[payment.state].includes(state)) return false;
  const { isProcessing: _, ...rest } = payment;
  const authorizedMinor = state === 'AUTHORIZED' ? payment.amountMinor : 0;
  const decidedAt = vipps.world.clock.timestamp();
  note(vipps, { ...rest, state, authorizedMinor, decidedAt }, state, payment.amountMinor, key);
  return true;
}

/** Keeps a changed payment with the event that changed it, and tells of it; answers what is kept. */
export function note(
  vipps: Vipps,
  payment: Payment,
  name: PaymentEventName,
  amountMinor: number,
  key?: string,
  success = true,
): Payment {
  const event: PaymentEvent = {
    name,
    pspReference: randomUUID(),
    amountMinor,
    timestamp: vipps.world.clock.timestamp(),
    ...(key !== undefined && { idempotencyKey: key }),
    success,
  };
  const kept = { ...payment, events: [...payment.events, event] };
  vipps.payments.put(kept);
  const { msn } = payment;
  vipps.notices.tell({
    msn,
    eventType: `epayments.payment.${name.toLowerCase()}.v1`,
    about: payment.reference,
    body: { msn, ...showEvent(kept, event) },
    claim: {
      eventType: 'epayments.payment.authorized.v1',
      body: { msn, ...showEvent(kept, { ...event, name: 'AUTHORIZED', success: true }) },
    },
  });
  return kept;
}
