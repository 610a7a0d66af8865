import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { enableEndpoint } from '../webhook-endpoints-store.ts';
import { showEndpoint, Webhook, WebhookParams } from './show-webhook.ts';

export const enableWebhook = endpoint({
  operationId: 'enableWebhook',
  summary: 'Switch a webhook endpoint on again',
  description: 'What it missed is not sent by itself; replay it by time range.',
  params: WebhookParams,
  reply: Webhook,
  async handle(context: { database: Database }, call: ClientCall<undefined, { webhookId: number }>) {
    const row = await enableEndpoint(
      context.database,
      call.caller.publisher.publisherId,
      call.params.webhookId,
    );
    if (!row) throw new Problem('not_found');
    return { body: showEndpoint(row) };
  },
});
