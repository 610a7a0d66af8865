import { setTimeout as pause } from 'node:timers/promises';
import type { HangingHosts } from './hanging-hosts.ts';
import type { Site } from './site.ts';

const callbacks = 600;
const buyers = 200;
const line = { productSpecType: 'article', articleDetail: { articleRef: 'own-article' }, unitPrice: 10 };
const payer = { lastName: 'Svensson', emails: ['lisa@example.com'] };

/**
 * What a bad neighbour does: 600 callbacks to hosts that hang, and 200 buyers who wait for a provider that
 * hangs and load the page again when it gives up. Answers once they hang; `stop` sends the buyers home.
 */
export async function hangNeighbour(
  site: Site,
  callbackHosts: HangingHosts,
  provider: HangingHosts,
): Promise<{ stop(): void }> {
  const path = '/capi/v1/client/payment-methods/swedbank-pay/default';
  const payee = { payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3b', payeeName: 'Andre Avis' };
  await site.send('PUT', path, {
    settings: { baseUrl: provider.bases[0], accessToken: 'a-token', ...payee },
  });
  // Nodes read accounts again every two seconds.
  await pause(3_000);
  const free = { paymentMethod: 'free', payer, orderLines: [line] };
  for (let placed = 0; placed < callbacks; placed += 1) {
    const { orderId } = await site.register(free);
    await site.complete(orderId, `${callbackHosts.bases[placed % callbackHosts.bases.length]}/callback`);
  }
  const leaving = new AbortController();
  for (let buyer = 0; buyer < buyers; buyer += 1) {
    const { fulfillmentUrl } = await site.register({
      paymentMethod: 'creditcardPayex',
      payer,
      orderLines: [line],
    });
    void visitAgain(fulfillmentUrl, leaving.signal);
  }
  while (callbackHosts.waiting() < 32 || provider.waiting() < 32) await pause(50);
  return { stop: () => leaving.abort() };
}

async function visitAgain(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await fetch(url, { signal, redirect: 'manual' }).then(
      (reply) => reply.text(),
      () => undefined,
    );
    await pause(500);
  }
}
