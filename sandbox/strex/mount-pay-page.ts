import type { FastifyInstance } from 'fastify';
import { type Decision, decisions, type PaymentDesk } from '../control/payment-desk.ts';
import { recipientKey } from '../kit/recipient.ts';
import { StrexPayPage } from './pay-page.tsx';

/** The buyer's page under `/pay/strex`, to which the message leads; afterwards the phone shows what came. */
export function mountStrexPayPage(app: FastifyInstance, desk: PaymentDesk): void {
  app.get<{ Params: { id: string } }>('/pay/strex/:id', async (request, reply) => {
    const charge = desk.find(request.params.id);
    if (!charge) return reply.callNotFound();
    reply.type('text/html; charset=utf-8');
    return StrexPayPage({ charge });
  });
  app.post<{ Params: { id: string; decision: string } }>(
    '/pay/strex/:id/:decision',
    async (request, reply) => {
      const { id, decision } = request.params;
      const charge = desk.find(id);
      if (!charge || !isDecision(decision)) return reply.callNotFound();
      await desk.decide(id, decision);
      return reply.redirect(`/phone/${recipientKey(charge.destination)}`, 303);
    },
  );
}

function isDecision(text: string): text is Decision {
  return decisions.some((decision) => decision === text);
}
