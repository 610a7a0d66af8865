import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer, Call } from '../answer.ts';
import { strangerMobile, unreadableMobile } from '../magic-values.ts';
import { salesUnitOf } from '../sales-unit.ts';
import { decisionSeconds, type Vipps } from '../vipps.ts';
import { isTakenWayBack } from '../web-address.ts';
import { note } from './change-state.ts';
import { type EpaymentCode, refuse } from './problem.ts';

export type CreatePayment = {
  amount: { currency: string; value: number };
  paymentMethod: { type: string };
  customer?: { phoneNumber?: string };
  reference: string;
  returnUrl?: string;
  userFlow: string;
  paymentDescription?: string;
};

/** The least that can be paid or captured. Source: ePayment API 1.8.1, schema `Amount`. */
const leastMinor: Readonly<Record<string, number>> = { NOK: 100, DKK: 1, EUR: 1 };

/** `POST /epayment/v1/payments`: a payment that waits ten minutes for its buyer. */
export function createPayment(vipps: Vipps, call: Call<CreatePayment>): Answer {
  const { body } = call;
  if (vipps.payments.get(body.reference)) return refuse(4150, 409);
  const broken = findBrokenRule(call);
  if (broken) return refuse(broken, broken === 5080 ? 403 : 400);
  const now = vipps.world.clock.now();
  const token = randomBytes(18).toString('base64url');
  const isPush = body.userFlow === 'PUSH_MESSAGE';
  const redirectUrl = isPush ? undefined : `http://${call.host}/pay/vipps/${token}`;
  const mobile = body.customer?.phoneNumber;
  note(
    vipps,
    {
      reference: body.reference,
      msn: call.msn,
      pspReference: randomUUID(),
      token,
      amountMinor: body.amount.value,
      currency: body.amount.currency,
      description: body.paymentDescription ?? '',
      userFlow: isPush ? 'PUSH_MESSAGE' : 'WEB_REDIRECT',
      ...(body.returnUrl !== undefined && { returnUrl: body.returnUrl }),
      ...(redirectUrl !== undefined && { redirectUrl }),
      ...(mobile !== undefined && { mobile }),
      state: 'CREATED',
      createdAt: vipps.world.clock.timestamp(),
      decidedAt: null,
      authorizedMinor: 0,
      capturedMinor: 0,
      refundedMinor: 0,
      cancelledMinor: 0,
      events: [],
    },
    'CREATED',
    body.amount.value,
    call.key,
  );
  vipps.later(now + decisionSeconds * 1000, { what: 'expire payment', id: body.reference });
  return {
    status: 201,
    body: { ...(redirectUrl !== undefined && { redirectUrl }), reference: body.reference },
  };
}

/** Is the amount too small to be paid or captured? */
export function isTooSmall({ currency, value }: { currency: string; value: number }): boolean {
  return value < (leastMinor[currency] ?? 0);
}

/** Rules beyond the types of the fields. Cards and codes to scan are not imitated. */
function findBrokenRule({ body, msn }: Call<CreatePayment>): EpaymentCode | undefined {
  const unit = salesUnitOf(msn);
  const mobile = body.customer?.phoneNumber;
  const isPush = body.userFlow === 'PUSH_MESSAGE';
  if (body.paymentMethod.type !== 'WALLET') return 5070;
  if (!isPush && body.userFlow !== 'WEB_REDIRECT') return 5070;
  if (isPush && !unit.mayPush) return 5080;
  if (body.amount.currency !== unit.currency) return 5040;
  if (isTooSmall(body.amount)) return 6010;
  if (isPush && mobile === undefined) return 4140;
  if (!isPush && body.returnUrl === undefined) return 4140;
  if (body.returnUrl !== undefined && !isTakenWayBack(body.returnUrl)) return 4090;
  if (mobile === unreadableMobile) return 4070;
  return mobile === strangerMobile ? 7010 : undefined;
}
