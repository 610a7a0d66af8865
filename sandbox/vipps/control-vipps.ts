import { BadInput, inputReader } from '../kit/bad-input.ts';
import type { Answer } from './answer.ts';
import { refund as refundPayment } from './epayment/move-money.ts';
import { stopAgreement } from './recurring/change-agreement.ts';
import { refund as refundCharge } from './recurring/move-charge.ts';
import type { Vipps } from './vipps.ts';

const readRefund = inputReader<{ amountMinor: number }>({
  type: 'object',
  additionalProperties: false,
  required: ['amountMinor'],
  properties: { amountMinor: { type: 'integer', minimum: 1 } },
});

/** The buyer ends an agreement in the app. Throws `BadInput` with status 404 or 409. */
export async function stopInApp(vipps: Vipps, id: string): Promise<void> {
  const agreement = vipps.agreements.get(id);
  if (!agreement) throw new BadInput('id', 'known', 'no agreement has this id', 404);
  if (agreement.status !== 'ACTIVE') throw new BadInput('id', 'active', 'the agreement is not active', 409);
  stopAgreement(vipps, agreement, 'USER');
  await vipps.notices.deliverSoon();
}

/** The merchant gives money back in the portal. Throws `BadInput` with status 404 or 409. */
export async function refundInPortal(vipps: Vipps, id: string, body: unknown): Promise<void> {
  const { amountMinor } = readRefund(body);
  const payment = vipps.payments.get(id);
  const charge = vipps.charges.get(vipps.agreements.get(id)?.initialChargeId ?? id);
  const answer: Answer | undefined = payment
    ? refundPayment(vipps, payment, amountMinor)
    : charge && refundCharge(vipps, charge, amountMinor);
  if (!answer) throw new BadInput('id', 'known', 'no payment has this id', 404);
  if (answer.status >= 400) throw new BadInput('id', 'refundable', 'so much cannot be given back', 409);
  await vipps.notices.deliverSoon();
}
