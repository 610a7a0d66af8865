import { Type } from 'typebox';
import { ifReadable, minorUnits, readLeniently } from '../../../kit/read-leniently.ts';
import type { ProviderMoney } from '../../port/provider-answer.ts';

const Sum = Type.Object({ value: minorUnits() });
const Payment = Type.Object({
  state: Type.String(),
  aggregate: Type.Object({
    authorizedAmount: Sum,
    cancelledAmount: Sum,
    capturedAmount: Sum,
    refundedAmount: Sum,
  }),
  captureGuaranteedUntil: ifReadable(Type.String({ format: 'date-time' })),
});
const Created = Type.Object({ reference: Type.String(), redirectUrl: Type.Optional(Type.String()) });

export type VippsPayment = { state: string; money: ProviderMoney; captureBefore: Date | undefined };

/** Reads the answer to a question, a capture, a cancellation or a refund; nothing where it is none. */
export function readPayment(body: unknown): VippsPayment | undefined {
  const payment = readLeniently(Payment, body);
  if (!payment) return undefined;
  const { state, aggregate, captureGuaranteedUntil } = payment;
  return {
    state,
    money: {
      authorizedMinor: aggregate.authorizedAmount.value,
      capturedMinor: aggregate.capturedAmount.value,
      refundedMinor: aggregate.refundedAmount.value,
      cancelledMinor: aggregate.cancelledAmount.value,
    },
    captureBefore: captureGuaranteedUntil === undefined ? undefined : new Date(captureGuaranteedUntil),
  };
}

/** Reads the answer to making a payment. */
export function readCreated(body: unknown): { redirectUrl: string | undefined } | undefined {
  const created = readLeniently(Created, body);
  return created && { redirectUrl: created.redirectUrl };
}
