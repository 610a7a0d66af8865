import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { createWebhook as create } from '../create-webhook.ts';
import { webhookTypes } from '../event-names.ts';
import { showEndpoint, Webhook } from './show-webhook.ts';

const Body = narrowing({
  url: Type.String({ minLength: 1, maxLength: 2000 }),
  events: Type.Optional(
    Type.Array(Type.Union(webhookTypes.map((name) => Type.Literal(name))), {
      maxItems: 100,
      description: 'Types to be told about; left out it means all, also those of later releases',
    }),
  ),
});

export const createWebhook = endpoint({
  operationId: 'createWebhook',
  summary: 'Make a webhook endpoint',
  description: 'The secret (`whsec_…`, Standard Webhooks) is shown in this answer only.',
  body: Body,
  changes: true,
  status: 201,
  reply: Type.Interface([Webhook], { secret: Type.String() }),
  examples: {
    body: { url: 'http://localhost:8090/publisher/callback?webhook=1', events: ['order.completed'] },
  },
  async handle(
    context: { database: Database; secrets: Pick<Secrets, 'sealing'>; addressGuard: AddressGuard },
    call: ClientCall<Type.Static<typeof Body>>,
  ) {
    const { url, events = [] } = call.body;
    const asked = new Set<string>(events);
    const wanted = webhookTypes.filter((name) => asked.has(name));
    const work = async (transaction: Transaction) => {
      const created = await create(context, transaction, call.caller, { url, events: wanted });
      return { status: 201, body: { ...showEndpoint(created.endpoint), secret: created.secret } };
    };
    return runKeyed(context.database, call, 'createWebhook', work, context.secrets.sealing);
  },
});
