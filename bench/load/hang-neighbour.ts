import { setTimeout as pause } from 'node:timers/promises';
import type { HangingHosts } from './hanging-hosts.ts';
import type { Site } from './site.ts';

const callbacks = 600;
const buyers = 200;
/** A buyer reads what the page says before trying again. */
const reloadMilliseconds = 5_000;
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
  const byCard = { paymentMethod: 'creditcardPayex', payer, orderLines: [line] };
  const toPay = await inTurn(buyers, async () => (await site.register(byCard)).fulfillmentUrl);
  const free = { paymentMethod: 'free', payer, orderLines: [line] };
  await inTurn(callbacks, async (at) => {
    const { orderId } = await site.register(free);
    await site.complete(orderId, `${callbackHosts.bases[at % callbackHosts.bases.length]}/callback`);
  });
  // All at once, as calls that time out one by one open the breaker of that account.
  const leaving = new AbortController();
  for (const url of toPay) void visitAgain(url, leaving.signal);
  while (callbackHosts.waiting() < 32 || provider.waiting() < 32) await pause(20);
  return { stop: () => leaving.abort() };
}

/** Sixteen at a time. */
async function inTurn<Made>(count: number, make: (at: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let at = 0; at < count; at += 16) {
    const some = Array.from({ length: Math.min(16, count - at) }, (_, next) => make(at + next));
    made.push(...(await Promise.all(some)));
  }
  return made;
}

async function visitAgain(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await fetch(url, { signal, redirect: 'manual' }).then(
      (reply) => reply.text(),
      () => undefined,
    );
    await pause(reloadMilliseconds);
  }
}
