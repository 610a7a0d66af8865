import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer, Call } from '../answer.ts';
import { strangerMobile } from '../magic-values.ts';
import { salesUnit } from '../sales-unit.ts';
import { decisionSeconds, type Vipps } from '../vipps.ts';
import { isTakenAddress } from '../web-address.ts';
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

/** Of every amount in NOK; source: ePayment API 1.8.1, schema `Amount`. */
export const leastMinor = 100;

/** `POST /epayment/v1/payments`: a payment that waits ten minutes for its buyer. */
export function createPayment(vipps: Vipps, call: Call<CreatePayment>): Answer {
  const { body } = call;
  if (vipps.payments.get(body.reference)) return refuse(4150, 409);
  const broken = findBrokenRule(body);
  if (broken) return refuse(broken);
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

/** Rules beyond the types of the fields. Cards and codes to scan are not imitated. */
function findBrokenRule(body: CreatePayment): EpaymentCode | undefined {
  const mobile = body.customer?.phoneNumber;
  const isPush = body.userFlow === 'PUSH_MESSAGE';
  if (body.paymentMethod.type !== 'WALLET') return 5070;
  if (!isPush && body.userFlow !== 'WEB_REDIRECT') return 5070;
  if (body.amount.currency !== salesUnit.currency) return 5040;
  if (body.amount.value < leastMinor) return 6010;
  if (isPush && mobile === undefined) return 4140;
  if (!isPush && body.returnUrl === undefined) return 4140;
  if (body.returnUrl !== undefined && !isTakenAddress(body.returnUrl)) return 4090;
  return mobile === strangerMobile ? 7010 : undefined;
}
