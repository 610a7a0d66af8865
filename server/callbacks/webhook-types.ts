/** The public name of each event that endpoints can subscribe to. */
export const webhookTypes = {
  'order completed': 'order.completed',
  'order stopped': 'order.stopped',
  'prepaid order left': 'order.prepaid_left',
  'payment refunded': 'payment.refunded',
  'payment disputed': 'payment.disputed',
  'capture failed': 'payment.capture_failed',
  'capture due': 'payment.capture_due',
  'release failed': 'payment.release_failed',
  'refund failed': 'payment.refund_failed',
  'authorization lost': 'payment.authorization_lost',
  'action required': 'payment.action_required',
  'agreement stopped': 'payment.agreement_stopped',
  'fraud reversed': 'payment.fraud_reversed',
  'prepayment mismatch': 'payment.prepayment_mismatch',
  'attempt unresolved': 'payment.unresolved',
  'message withheld': 'message.withheld',
  'sms ceiling near': 'message.sms_ceiling_near',
  'case opened': 'case.opened',
  'case resolved': 'case.resolved',
  'access granted': 'access.granted',
  'access revoked': 'access.revoked',
  'user assigned': 'user.assigned',
  'subscription started': 'subscription.started',
  'subscription ended': 'subscription.ended',
} as const satisfies Record<string, `${string}.${string}`>;

export type WebhookedEventName = keyof typeof webhookTypes;
export type WebhookType = (typeof webhookTypes)[WebhookedEventName];

export const webhookTypeNames: readonly WebhookType[] = Object.values(webhookTypes);

/** Facts that may leave the house: ids, states and sums. What is not named here stays inside. */
const toldFacts = [
  'sequence',
  'reason',
  'kind',
  'outcome',
  'paymentMethod',
  'prepaid',
  'clientId',
  'attemptId',
  'operationId',
  'caseId',
  'subscriptionId',
  'uniqueUserId',
  'lineNumber',
  'product',
  'access',
  'grants',
  'sms',
  'smsPerDay',
] as const;

const orderStatuses: Partial<Record<WebhookedEventName, object>> = {
  'order completed': { orderStatus: 'completed', fulfillmentStatus: 'success' },
  'order stopped': { orderStatus: 'stopped', fulfillmentStatus: 'failed' },
};

/** The thin `data` of a webhook: it says what happened to which order, and the receiver asks for the rest. */
export function webhookData(event: { name: WebhookedEventName; orderId?: number }): Record<string, unknown> {
  const facts = new Map(Object.entries(event));
  const told = toldFacts.filter((name) => facts.has(name)).map((name) => [name, facts.get(name)]);
  return {
    ...(event.orderId === undefined ? {} : { orderId: event.orderId }),
    ...orderStatuses[event.name],
    ...Object.fromEntries(told),
  };
}
