import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { type EndpointRow, findEndpoint } from '../webhook-endpoints-store.ts';

const nullableTime = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

export const WebhookParams = narrowing({ webhookId: Type.Integer({ minimum: 1 }) });

export const Webhook = Type.Object({
  webhookId: Type.Integer(),
  url: Type.String(),
  events: Type.Array(Type.String(), { description: 'The types it is subscribed to; empty means all' }),
  isEnabled: Type.Boolean(),
  failingSince: nullableTime,
  disabledAt: nullableTime,
  disabledReason: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String({ format: 'date-time' }),
});

export function showEndpoint(row: EndpointRow): Type.Static<typeof Webhook> {
  return {
    webhookId: row.endpoint_id,
    url: row.url,
    events: row.event_names,
    isEnabled: row.disabled_at === null,
    failingSince: row.failing_since?.toISOString() ?? null,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    disabledReason: row.disabled_reason,
    createdAt: row.created_at.toISOString(),
  };
}

export const showWebhook = endpoint({
  operationId: 'showWebhook',
  summary: 'Show a webhook endpoint',
  description: 'Its address, its events, and whether it is disabled',
  params: WebhookParams,
  reply: Webhook,
  examples: { params: { webhookId: 1 } },
  async handle(context: { database: Database }, call: ClientCall<undefined, { webhookId: number }>) {
    const { publisherId } = call.caller.publisher;
    const row = await findEndpoint(context.database, publisherId, call.params.webhookId);
    if (!row) throw new Problem('not_found');
    return { body: showEndpoint(row) };
  },
});
