import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { listEndpoints } from '../webhook-endpoints-store.ts';
import { showEndpoint, Webhook } from './show-webhook.ts';

export const listWebhooks = endpoint({
  operationId: 'listWebhooks',
  summary: 'List webhook endpoints',
  description:
    'Where your events are sent, and which; an endpoint that failed too long is disabled, and says so',
  reply: Type.Object({ webhooks: Type.Array(Webhook) }),
  async handle(context: { database: Database }, call: ClientCall) {
    const rows = await listEndpoints(context.database, call.caller.publisher.publisherId);
    return { body: { webhooks: rows.map(showEndpoint) } };
  },
});
