import { runKeyed } from '../../database/run-keyed.ts';
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
  changes: true,
  reply: Webhook,
  examples: { params: { webhookId: 1 } },
  async handle(context: { database: Database }, call: ClientCall<undefined, { webhookId: number }>) {
    const { webhookId } = call.params;
    return runKeyed(context.database, call, `enableWebhook ${webhookId}`, async (transaction) => {
      const row = await enableEndpoint(transaction, call.caller.publisher.publisherId, webhookId);
      if (!row) throw new Problem('not_found');
      return { status: 200, body: showEndpoint(row) };
    });
  },
});
