import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { rotateWebhookSecret as rotate } from '../rotate-webhook-secret.ts';
import { WebhookParams } from './show-webhook.ts';

export const rotateWebhookSecret = endpoint({
  operationId: 'rotateWebhookSecret',
  summary: 'Give a webhook endpoint a new secret',
  description: 'Both secrets sign for 24 hours. The new one is shown in this answer only.',
  params: WebhookParams,
  changes: true,
  reply: Type.Object({
    webhookId: Type.Integer(),
    secret: Type.String(),
    formerSecretUntil: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  }),
  examples: { params: { webhookId: 1 } },
  async handle(
    context: { database: Database; secrets: Pick<Secrets, 'sealing'> },
    call: ClientCall<undefined, { webhookId: number }>,
  ) {
    const { webhookId } = call.params;
    const { publisherId } = call.caller.publisher;
    const work = async (transaction: Transaction) => {
      const rotated = await rotate(context, transaction, publisherId, webhookId);
      if (!rotated) throw new Problem('not_found');
      return { status: 200, body: { webhookId, ...rotated } };
    };
    const operation = `rotateWebhookSecret ${webhookId}`;
    return runKeyed(context.database, call, operation, work, context.secrets.sealing);
  },
});
