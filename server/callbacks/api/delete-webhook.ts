import { Type } from 'typebox';
import { writeAct } from '../../database/act-log.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { deleteEndpoint } from '../webhook-endpoints-store.ts';
import { WebhookParams } from './show-webhook.ts';

export const deleteWebhook = endpoint({
  operationId: 'deleteWebhook',
  summary: 'Delete a webhook endpoint',
  description: 'What still waits for it is given up.',
  params: WebhookParams,
  reply: Type.Object({ webhookId: Type.Integer() }),
  examples: { params: { webhookId: 1 } },
  async handle(context: { database: Database }, call: ClientCall<undefined, { webhookId: number }>) {
    const { webhookId } = call.params;
    const { publisherId } = call.caller.publisher;
    return context.database.transaction('delete webhook', async (transaction) => {
      const isDeleted = await deleteEndpoint(transaction, publisherId, webhookId);
      if (!isDeleted) throw new Problem('not_found');
      await writeAct(transaction, { publisherId, subjectId: webhookId });
      return { body: { webhookId } };
    });
  },
});
