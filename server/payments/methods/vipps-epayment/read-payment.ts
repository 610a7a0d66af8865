import { z } from 'zod';
import type { ProviderMoney } from '../../port/provider-answer.ts';

const sum = z.looseObject({ value: z.int().nonnegative() });
const Payment = z.looseObject({
  state: z.string(),
  aggregate: z.looseObject({
    authorizedAmount: sum,
    cancelledAmount: sum,
    capturedAmount: sum,
    refundedAmount: sum,
  }),
  captureGuaranteedUntil: z.iso.datetime({ offset: true }).optional().catch(undefined),
});
const Created = z.looseObject({ reference: z.string(), redirectUrl: z.string().optional() });

export type VippsPayment = { state: string; money: ProviderMoney; captureBefore: Date | undefined };

/** Reads the answer to a question, a capture, a cancellation or a refund; nothing where it is none. */
export function readPayment(body: unknown): VippsPayment | undefined {
  const parsed = Payment.safeParse(body);
  if (!parsed.success) return undefined;
  const { state, aggregate, captureGuaranteedUntil } = parsed.data;
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
  const parsed = Created.safeParse(body);
  return parsed.success ? { redirectUrl: parsed.data.redirectUrl } : undefined;
}
