import type { WebhookedEventName } from './event-names.ts';

/** Facts that may be told outside: ids, states and sums. What is not named here stays inside. */
const publicFacts = [
  'sequence',
  'reason',
  'kind',
  'outcome',
  'paymentMethod',
  'prepaid',
  'clientId',
  'paymentId',
  'attemptId',
  'operationId',
  'caseId',
  'withdrawalId',
  'state',
  'proof',
  'ends',
  'refundBy',
  'subscriptionId',
  'uniqueUserId',
  'lineNumber',
  'product',
  'access',
  'grants',
  'channel',
  'movedTo',
  'sms',
  'smsPerDay',
  'most',
  'numbers',
] as const;

const orderStatuses: Partial<Record<WebhookedEventName, object>> = {
  'order completed': { orderStatus: 'completed', fulfillmentStatus: 'success' },
  'order stopped': { orderStatus: 'stopped', fulfillmentStatus: 'failed' },
};

/** The thin `data` of a webhook: it says what happened to which order, and the receiver asks for the rest. */
export function webhookData(event: { name: WebhookedEventName; orderId?: number }): Record<string, unknown> {
  const facts = new Map(Object.entries(event));
  const told = publicFacts.filter((name) => facts.has(name)).map((name) => [name, facts.get(name)]);
  return {
    ...(event.orderId === undefined ? {} : { orderId: event.orderId }),
    ...orderStatuses[event.name],
    ...Object.fromEntries(told),
  };
}
