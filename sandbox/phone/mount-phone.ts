import type { FastifyInstance } from 'fastify';
import { decidePayment, type PaymentDesk } from '../control/payment-desk.ts';
import { BadInput, inputReader } from '../kit/bad-input.ts';
import { recipientKey, showRecipient } from '../kit/recipient.ts';
import type { World } from '../kit/world.ts';
import { ChoosePhonePage, phonePath } from './choose-phone-page.tsx';
import { type Item, PhonePage } from './phone-page.tsx';

const refreshSeconds = 3;
const mostShown = 200;
// A mail may bring its own style and inline pictures, but neither scripts nor anything from elsewhere.
const mailPolicy =
  "sandbox allow-top-navigation-by-user-activation; default-src 'none'; " +
  "style-src 'unsafe-inline'; img-src data:";

const readChoice = inputReader<{ for?: string }>({
  type: 'object',
  additionalProperties: false,
  properties: { for: { type: 'string', pattern: '[0-9a-zA-Z]' } },
});

/**
 * The phone under `/phone`: what a person received, with links that can be clicked, and what apps ask.
 */
export function mountPhone(app: FastifyInstance, world: World, desks: PaymentDesk[]): void {
  app.get('/phone', async (request, reply) => {
    const { for: recipient } = readChoice(request.query);
    if (recipient !== undefined) return reply.redirect(phonePath(recipientKey(recipient)));
    reply.type('text/html; charset=utf-8');
    return ChoosePhonePage({ recipients: world.inbox.recipients().slice(0, mostShown) });
  });

  app.get<{ Params: { recipient: string } }>('/phone/:recipient', async (request, reply) => {
    const key = recipientKey(request.params.recipient);
    reply.type('text/html; charset=utf-8');
    const recipient = showRecipient(key);
    const asks = desks.flatMap((desk) => desk.asksOn?.(recipient) ?? []);
    return PhonePage({ recipient, asks, items: itemsFor(world, key), refreshSeconds });
  });

  for (const decision of ['approve', 'refuse'] as const) {
    app.post<{ Params: { recipient: string; id: string } }>(
      `/phone/:recipient/asks/:id/${decision}`,
      async (request, reply) => {
        await decidePayment(desks, request.params.id, decision).catch(ignoreLateTap);
        return reply.redirect(phonePath(recipientKey(request.params.recipient)), 303);
      },
    );
  }

  app.get<{ Params: { recipient: string; index: string } }>(
    '/phone/:recipient/mail/:index',
    async (request, reply) => {
      const message = world.inbox.list(request.params.recipient)[Number(request.params.index)];
      if (message?.html === undefined) return reply.callNotFound();
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', mailPolicy)
        .send(message.html);
    },
  );
}

/** The page may be older than the decision: then the app has nothing more to ask. */
function ignoreLateTap(error: unknown): void {
  if (!(error instanceof BadInput)) throw error;
}

/** Newest first. */
function itemsFor(world: World, key: string): Item[] {
  const messages = world.inbox
    .list(key)
    .map((message, index): Item => ({ at: message.receivedAt, message, index }));
  const charges = world.ledger
    .charges()
    .filter((charge) => recipientKey(charge.destination) === key)
    .map((charge): Item => ({ at: charge.acceptedAt, charge }));
  const all = [...messages, ...charges].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return all.slice(-mostShown).toReversed();
}
