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
  'changeType',
  'referenceCode',
  'consentCode',
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

/**
 * The thin `data` of a webhook: it says what happened to which order, or to which customer where it is no
 * order's, and the receiver asks for the rest.
 */
export function webhookData(event: { name: WebhookedEventName; orderId?: number }): Record<string, unknown> {
  const facts = new Map<string, unknown>(Object.entries(event));
  const customerNumber = event.orderId === undefined ? facts.get('customerNumber') : undefined;
  const told = publicFacts.filter((name) => facts.has(name)).map((name) => [name, facts.get(name)]);
  return {
    ...(event.orderId === undefined ? {} : { orderId: event.orderId }),
    ...(customerNumber === undefined ? {} : { customerNumber }),
    ...orderStatuses[event.name],
    ...Object.fromEntries(told),
  };
}
