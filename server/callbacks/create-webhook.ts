import type { Secrets } from '../config/secrets.ts';
import type { Transaction } from '../database/transaction.ts';
import type { AddressGuard } from '../kit/address-guard.ts';
import { fieldProblem, Problem } from '../kit/problem.ts';
import type { Client } from '../publishers/publisher.ts';
import { newEndpointSecrets, sealSecrets } from './endpoint-secrets.ts';
import type { WebhookType } from './event-names.ts';
import { type EndpointRow, insertEndpoint, nextEndpointId } from './webhook-endpoints-store.ts';

const mostEndpoints = 20;

type Context = {
  secrets: Pick<Secrets, 'sealing'>;
  addressGuard: AddressGuard;
};

/**
 * Makes a webhook endpoint, subscribed to the given types or, with none, to all. The secret is shown in this
 * answer only. Problems: `webhook_url_is_refused`, `too_many_webhooks`.
 */
export async function createWebhook(
  context: Context,
  transaction: Transaction,
  client: Client,
  wanted: { url: string; events: readonly WebhookType[] },
): Promise<{ endpoint: EndpointRow; secret: string }> {
  const { allowsHttp, callbackPorts } = client.settings;
  const checked = context.addressGuard.checkUrl(wanted.url, { allowHttp: allowsHttp, ports: callbackPorts });
  if (!checked.ok) throw fieldProblem('webhook_url_is_refused', 'url', checked.detail);
  const secrets = newEndpointSecrets();
  const [newest] = secrets;
  if (!newest) throw new Error('an endpoint needs a secret');
  const endpointId = await nextEndpointId(transaction);
  const row = {
    endpointId,
    publisherId: client.publisher.publisherId,
    clientId: client.clientId,
    url: checked.url.href,
    eventNames: [...new Set(wanted.events)],
    sealedSecrets: sealSecrets(context.secrets.sealing, endpointId, secrets),
  };
  const endpoint = await insertEndpoint(transaction, row, mostEndpoints);
  if (!endpoint) throw new Problem('too_many_webhooks');
  return { endpoint, secret: newest.secret };
}
