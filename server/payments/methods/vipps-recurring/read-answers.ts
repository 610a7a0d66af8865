import { z } from 'zod';
import type { ProviderMoney } from '../../port/provider-answer.ts';
import { meaningOfCharge } from './translate.ts';

const Agreement = z.looseObject({ id: z.string(), status: z.string() });
const Drafted = z.looseObject({ agreementId: z.string().min(1), vippsConfirmationUrl: z.string().min(1) });
const minor = z.int().nonnegative();
const Charge = z.looseObject({
  id: z.string(),
  agreementId: z.string().optional(),
  status: z.string(),
  amount: minor,
  failureReason: z.string().nullish().catch(undefined),
  summary: z.looseObject({ captured: minor, refunded: minor, cancelled: minor }),
  history: z.array(z.looseObject({ event: z.string(), success: z.boolean() })).catch([]),
});

export type VippsCharge = {
  status: string;
  /** Taken, or reserved at some time: then the sums tell what is left of it. */
  isSecured: boolean;
  agreementId: string | undefined;
  failureReason: string | undefined;
  money: ProviderMoney;
};

/** Reads an agreement's status; nothing where it is none. */
export function readAgreementStatus(body: unknown): string | undefined {
  return Agreement.safeParse(body).data?.status;
}

/** Reads the answer to making an agreement. */
export function readDrafted(body: unknown): { agreementId: string; url: string } | undefined {
  const drafted = Drafted.safeParse(body).data;
  return drafted && { agreementId: drafted.agreementId, url: drafted.vippsConfirmationUrl };
}

/** Reads a charge. What is taken at once was never reserved for itself, and counts as authorized too. */
export function readCharge(body: unknown): VippsCharge | undefined {
  const charge = Charge.safeParse(body).data;
  if (!charge) return undefined;
  const { status, amount, summary } = charge;
  const wasReserved = charge.history.some((one) => one.event === 'RESERVE' && one.success);
  const isSecured = meaningOfCharge(status).meaning === 'secured' || wasReserved || summary.captured > 0;
  return {
    status,
    isSecured,
    agreementId: charge.agreementId,
    failureReason: charge.failureReason ?? undefined,
    money: {
      authorizedMinor: isSecured ? amount : 0,
      capturedMinor: summary.captured,
      refundedMinor: summary.refunded,
      cancelledMinor: isSecured ? summary.cancelled : 0,
    },
  };
}
