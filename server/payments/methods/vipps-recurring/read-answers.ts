import { Type } from 'typebox';
import { ifReadable, minorUnits, orElse, readLeniently } from '../../../kit/read-leniently.ts';
import type { ProviderMoney } from '../../port/provider-answer.ts';
import { meaningOfCharge } from './translate.ts';

const NotEmpty = Type.String({ minLength: 1 });
const Agreement = Type.Object({ id: Type.String(), status: Type.String() });
const Drafted = Type.Object({ agreementId: NotEmpty, vippsConfirmationUrl: NotEmpty });
const Charge = Type.Object({
  id: Type.String(),
  agreementId: Type.Optional(Type.String()),
  status: Type.String(),
  amount: minorUnits(),
  failureReason: ifReadable(Type.String()),
  summary: Type.Object({ captured: minorUnits(), refunded: minorUnits(), cancelled: minorUnits() }),
  history: orElse(Type.Array(Type.Object({ event: Type.String(), success: Type.Boolean() })), []),
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
  return readLeniently(Agreement, body)?.status;
}

/** Reads the answer to making an agreement. */
export function readDrafted(body: unknown): { agreementId: string; url: string } | undefined {
  const drafted = readLeniently(Drafted, body);
  return drafted && { agreementId: drafted.agreementId, url: drafted.vippsConfirmationUrl };
}

/** Reads a charge. What is taken at once was never reserved for itself, and counts as authorized too. */
export function readCharge(body: unknown): VippsCharge | undefined {
  const charge = readLeniently(Charge, body);
  if (!charge) return undefined;
  const { status, amount, summary } = charge;
  const wasReserved = charge.history.some((one) => one.event === 'RESERVE' && one.success);
  const isSecured = meaningOfCharge(status).meaning === 'secured' || wasReserved || summary.captured > 0;
  return {
    status,
    isSecured,
    agreementId: charge.agreementId,
    failureReason: charge.failureReason,
    money: {
      authorizedMinor: isSecured ? amount : 0,
      capturedMinor: summary.captured,
      refundedMinor: summary.refunded,
      cancelledMinor: isSecured ? summary.cancelled : 0,
    },
  };
}
