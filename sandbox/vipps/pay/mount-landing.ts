import type { FastifyInstance, FastifyReply } from 'fastify';
import { inputReader } from '../../kit/bad-input.ts';
import { buyerPagePolicy } from '../../kit/page.tsx';
import { recipientKey } from '../../kit/recipient.ts';
import type { Payment } from '../epayment/payment.ts';
import { refusedAmounts } from '../magic-values.ts';
import { decideVipps, termsOf } from '../payment-desk.ts';
import type { Agreement } from '../recurring/agreement.ts';
import { salesUnitOf } from '../sales-unit.ts';
import type { Vipps } from '../vipps.ts';
import { LandingPage } from './landing-page.tsx';

type Session = { payment: Payment } | { agreement: Agreement };

const readMobile = inputReader<{ mobile: string }>({
  type: 'object',
  additionalProperties: false,
  required: ['mobile'],
  properties: { mobile: { type: 'string', pattern: '^[+\\d][\\d ]{6,20}$' } },
});
const decisions = ['approve', 'refuse', 'abandon'] as const;

/** The pages of Vipps MobilePay that a buyer's browser sees, under `/pay/vipps`. */
export function mountLanding(app: FastifyInstance, vipps: Vipps): void {
  app.get<{ Params: { token: string } }>('/pay/vipps/:token', (request, reply) =>
    show(vipps, request.params.token, reply),
  );

  app.post<{ Params: { token: string } }>('/pay/vipps/:token/phone', async (request, reply) => {
    const session = findSession(vipps, request.params.token);
    if (!session) return notFound(reply);
    const mobile = recipientKey(readMobile(request.body).mobile);
    if ('payment' in session) vipps.payments.put({ ...session.payment, mobile });
    else vipps.agreements.put({ ...session.agreement, mobile });
    return reply.redirect(`/pay/vipps/${request.params.token}`, 303);
  });

  for (const decision of decisions) {
    app.post<{ Params: { token: string } }>(`/pay/vipps/:token/${decision}`, async (request, reply) => {
      const { token } = request.params;
      const session = findSession(vipps, token);
      if (!session) return notFound(reply);
      if (isOpen(session)) decideVipps(vipps, idOf(session), decision);
      await vipps.notices.deliverSoon();
      if (decision === 'abandon') return reply.redirect(returnUrlOf(session), 303);
      return show(vipps, token, reply, decision);
    });
  }
}

/** The page, or the way back to the merchant once all is decided. */
async function show(
  vipps: Vipps,
  token: string,
  reply: FastifyReply,
  decided?: string,
): Promise<FastifyReply> {
  const session = findSession(vipps, token);
  if (!session) return notFound(reply);
  if (!isOpen(session)) return reply.redirect(returnUrlOf(session), 303);
  const landing = { path: `/pay/vipps/${token}`, ...describe(vipps, session) };
  const wasRefused = decided === 'approve' && refusedAmounts[landing.amountMinor];
  const note = wasRefused ? `The bank says no: ${wasRefused}. Try another card, or refuse.` : undefined;
  reply.type('text/html; charset=utf-8').header('content-security-policy', buyerPagePolicy);
  return reply.send(await LandingPage({ landing: { ...landing, note } }));
}

function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

function findSession(vipps: Vipps, token: string): Session | undefined {
  const payment = vipps.payments.all().find((one) => one.token === token);
  if (payment) return { payment };
  const agreement = vipps.agreements.all().find((one) => one.token === token);
  return agreement && { agreement };
}

function isOpen(session: Session): boolean {
  if ('agreement' in session) return session.agreement.status === 'PENDING';
  return session.payment.state === 'CREATED' && !session.payment.isProcessing;
}

function idOf(session: Session): string {
  return 'payment' in session ? session.payment.reference : session.agreement.id;
}

function returnUrlOf(session: Session): string {
  return 'payment' in session ? (session.payment.returnUrl ?? '/') : session.agreement.merchantRedirectUrl;
}

function describe(vipps: Vipps, session: Session) {
  if ('payment' in session) {
    const { amountMinor, currency, description: text, mobile, msn } = session.payment;
    return { merchant: salesUnitOf(msn).name, amountMinor, currency, text, mobile };
  }
  const { agreement } = session;
  const merchant = salesUnitOf(agreement.msn).name;
  const amountMinor = vipps.charges.get(agreement.initialChargeId ?? '')?.amount ?? 0;
  const { currency } = agreement.pricing;
  return { merchant, amountMinor, currency, text: termsOf(agreement), mobile: agreement.mobile };
}
