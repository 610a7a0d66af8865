import type { Sandbox } from '@leveret/sandbox/start-sandbox.js';
import { deriveWebhookCredentials } from '@leveret/server/kit/webhook-credentials.js';
import { listDemoAccounts } from '@leveret/server/payments/merchants/find-method.js';
import { saveMethodSettings } from '@leveret/server/payments/merchants/save-method-settings.js';
import { complete, type TestNode } from '@leveret/server/testing/node.js';

/** A node whose buyers pay at the sandbox's providers; SMS billing is at the gateway of the node's own. */
export type Street = { node: TestNode; sandbox: Pick<Sandbox, 'url'> };

/** Sets up the demo publisher's accounts at this sandbox. */
export async function openAccounts({ node: { client, context }, sandbox }: Street): Promise<void> {
  const { publisherId } = client.publisher;
  const credentialsFor = (purpose: string) =>
    deriveWebhookCredentials(context.secrets.webhookCredentials, purpose);
  for (const { method, merchantId = '', settingsFor } of listDemoAccounts()) {
    if (method.name === 'link-mobility-sms') continue;
    const settings = settingsFor({ sandboxUrl: sandbox.url, credentialsFor });
    await saveMethodSettings(context, { publisherId, merchantId, method }, settings);
  }
  await context.methods.refresh();
}

/** A buyer opens the order's page, decides at the provider and comes back; answers the order. */
export async function pay(
  street: Street,
  order: object,
  asked: object,
  decision: 'approve' | 'refuse' = 'approve',
): Promise<number> {
  const { node } = street;
  const { body } = await node.post('/capi/v1/client/order', order);
  const orderId = Number(body['orderId']);
  await complete(node, orderId, asked);
  await open(node, new URL(String(body['fulfillmentUrl'])).pathname);
  const attempt = await decide(street, decision, orderId);
  await open(node, `/user/fulfillment/back/${attempt.notice_token}`);
  await node.runJobs();
  return orderId;
}

/** A buyer begins to pay on a publisher's page, before any order, and refuses; answers the payment. */
export async function refuseOnPage(street: Street): Promise<number> {
  const { node } = street;
  const page = { clientId: 'no.leveret.demo', returnUrl: 'http://localhost:3000/shop', state: 'bench' };
  const fields = { ...page, paymentMethod: 'vippsEcommerce', amount: '149.00', currency: 'NOK' };
  await node.app.http.app.inject({
    method: 'POST',
    url: '/capi/mcpay/start',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(page.returnUrl).origin,
    },
    payload: new URLSearchParams(fields).toString(),
  });
  const attempt = await decide(street, 'refuse', null);
  await open(node, `/capi/mcpay/back/${attempt.notice_token}`);
  await node.runJobs();
  return attempt.payment_id;
}

/** What a buyer does at the provider, where the one try of an order began, or of a page that has none. */
async function decide({ node, sandbox }: Street, decision: 'approve' | 'refuse', orderId: number | null) {
  const [attempt] = await node.rows<{ payment_id: number; provider_id: string; notice_token: string }>(
    `SELECT payment_id, provider_id, notice_token FROM payment_attempts
     WHERE order_id IS NOT DISTINCT FROM $1::bigint`,
    [orderId],
  );
  if (!attempt) throw new Error(`no payment of order ${orderId} began`);
  const id = attempt.provider_id.split('/').at(-1);
  const decided = await fetch(`${sandbox.url}/control/payments/${id}/${decision}`, { method: 'POST' });
  if (!decided.ok) throw new Error(`the provider does not know ${id}: ${await decided.text()}`);
  return attempt;
}

async function open(node: TestNode, url: string): Promise<void> {
  await node.app.http.app.inject({ method: 'GET', url });
}
