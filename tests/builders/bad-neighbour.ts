import type { DemoClient } from './demo-client.ts';
import { inTurn } from './in-turn.ts';
import { complete, register, registerToPay } from './orders.ts';

/** What a publisher without a catalogue sells. */
export const ownLine = {
  productSpecType: 'article',
  articleDetail: { articleRef: 'own-article' },
  unitPrice: 10,
};
const payer = { lastName: 'Svensson', emails: ['lisa@example.com'] };
const payee = { payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3b', payeeName: 'Andre Avis' };

/** Completes so many orders of a publisher, whose callbacks go to these hosts in turn. */
export async function sendCallbacksTo(
  bases: readonly string[],
  client: DemoClient,
  count = 600,
): Promise<void> {
  await inTurn(count, async (at) => {
    const orderId = await register(client, { paymentMethod: 'free', payer, orderLines: [ownLine] });
    const callbackUrl = `${bases[at % bases.length]}/callback`;
    const { status, body } = await complete(client, orderId, { callbackUrl });
    if (status !== 200) throw new Error(`not completed: ${JSON.stringify(body)}`);
  });
}

/** Sets up a card account at a provider that stands here, and answers where so many buyers pay by it. */
export async function registerBuyersOf(baseUrl: string, client: DemoClient, count = 200): Promise<string[]> {
  const path = '/capi/v1/client/payment-methods/swedbank-pay/default';
  const settings = { baseUrl, accessToken: 'a-token', ...payee };
  const { status, body } = await client.put(path, { settings });
  if (status !== 200) throw new Error(`not saved: ${JSON.stringify(body)}`);
  const order = { paymentMethod: 'creditcardPayex', payer, orderLines: [ownLine] };
  return inTurn(count, async () => (await registerToPay(client, order)).address);
}
