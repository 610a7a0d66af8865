import type { AttentionKind, AttentionNeeded } from '../cases/case.ts';
import type { AnyEvent } from '../kit/journey-runner.ts';

/**
 * The one table of what an event is called outside, by what it is called inside, and where it can be met:
 * in the log of events, in webhooks, or only in an order's timeline, which reads it from a row of its own.
 * Inside names may change; those outside stay. An event that nobody outside meets is said to be internal,
 * and one that is told by the name of its kind has a line for each kind.
 */
export const eventNames = {
  'order registered': { name: 'order.registered', in: 'log' },
  'checkout confirmed': { name: 'checkout.confirmed', in: 'log' },
  'cancel asked': { name: 'order.cancel_asked', in: 'log' },
  'order completed': { name: 'order.completed', in: 'log and webhooks' },
  'order stopped': { name: 'order.stopped', in: 'log and webhooks' },
  'prepaid order left': { name: 'order.prepaid_left', in: 'log and webhooks' },
  'withdrawal received': { name: 'withdrawal.received', in: 'log and webhooks' },
  'withdrawal accepted': { name: 'withdrawal.accepted', in: 'log and webhooks' },
  'withdrawal refused': { name: 'withdrawal.refused', in: 'log and webhooks' },
  'withdrawal to check': { name: 'withdrawal.to_check', in: 'log and webhooks' },
  'withdrawal refund due': { name: 'withdrawal.refund_due', in: 'log and webhooks' },
  'callback asked late': { name: 'order.callback_asked', in: 'log' },
  'login link asked late': { name: 'order.login_link_asked', in: 'log' },
  'payment wanted': { name: 'payment.wanted', in: 'log' },
  'payment attempt made': { name: 'payment.attempt_made', in: 'timeline' },
  'payment evidence': { name: 'payment.evidence', in: 'timeline' },
  'payment pending': { name: 'payment.pending', in: 'log' },
  'payment unknown': { name: 'payment.unknown', in: 'log' },
  'payment secured': { name: 'payment.secured', in: 'log' },
  'payment failed': { name: 'payment.failed', in: 'log' },
  'attempt ended without money': { name: 'payment.attempt_ended', in: 'log' },
  'another try offered': { name: 'payment.another_try_offered', in: 'log' },
  'attempt settled': 'internal',
  'unattached payment secured': 'internal',
  'page payment confirmed': 'internal',
  'renewal secured': 'internal',
  'invoice paid': 'internal',
  'method secured': 'internal',
  'attempt unresolved': { name: 'payment.unresolved', in: 'log and webhooks' },
  'late money': { name: 'payment.late', in: 'log' },
  'late money accepted': { name: 'payment.late_accepted', in: 'log' },
  'give-back due': { name: 'payment.give_back_due', in: 'log' },
  'surplus money': { name: 'payment.surplus', in: 'log' },
  'operation wanted': { name: 'payment.operation_wanted', in: 'log' },
  'operation settled': 'internal',
  'payment captured': { name: 'payment.captured', in: 'log' },
  'payment released': { name: 'payment.released', in: 'log' },
  'payment refunded': { name: 'payment.refunded', in: 'log and webhooks' },
  'payment disputed': { name: 'payment.disputed', in: 'log and webhooks' },
  'capture failed': { name: 'payment.capture_failed', in: 'log and webhooks' },
  'capture due': { name: 'payment.capture_due', in: 'log and webhooks' },
  'release failed': { name: 'payment.release_failed', in: 'log and webhooks' },
  'refund failed': { name: 'payment.refund_failed', in: 'log and webhooks' },
  'refund by hand': { name: 'payment.refund_by_hand', in: 'log' },
  'refund accepted': { name: 'payment.refund_accepted', in: 'log' },
  'authorization lost': { name: 'payment.authorization_lost', in: 'log and webhooks' },
  'action required': { name: 'payment.action_required', in: 'log and webhooks' },
  'agreement end asked': 'internal',
  'agreement end wanted': 'internal',
  'agreement stopped': { name: 'payment.agreement_stopped', in: 'log and webhooks' },
  'fraud reversed': { name: 'payment.fraud_reversed', in: 'log and webhooks' },
  'prepayment mismatch': { name: 'payment.prepayment_mismatch', in: 'log and webhooks' },
  'reader tokens ended': { name: 'reader.tokens_ended', in: 'log' },
  'customer registered': { name: 'customer.registered', in: 'log and webhooks' },
  'customer changed': { name: 'customer.changed', in: 'log and webhooks' },
  'customer address changed': { name: 'customer.address_changed', in: 'log and webhooks' },
  'customer reference changed': { name: 'customer.reference_changed', in: 'log and webhooks' },
  'person erased': 'internal',
  'customer erased': { name: 'customer.erased', in: 'log and webhooks' },
  'consent given': { name: 'consent.given', in: 'log and webhooks' },
  'consent withdrawn': { name: 'consent.withdrawn', in: 'log and webhooks' },
  'customer user attached': { name: 'customer.user_attached', in: 'log and webhooks' },
  'customer user detached': { name: 'customer.user_detached', in: 'log and webhooks' },
  'credential corrected': { name: 'order.credential_corrected', in: 'log' },
  'login link issued': { name: 'login_link.issued', in: 'log' },
  'session ended': 'internal',
  'site left': 'internal',
  'login link moved': { name: 'login_link.moved', in: 'log' },
  'login link spent': { name: 'login_link.spent', in: 'log' },
  'number changed hands': { name: 'reader.number_changed_hands', in: 'log' },
  'message queued': { name: 'message.queued', in: 'timeline' },
  'message accepted': { name: 'message.accepted', in: 'timeline' },
  'message delivered': { name: 'message.delivered', in: 'timeline' },
  'message unknown': { name: 'message.unknown', in: 'timeline' },
  'message failed': { name: 'message.failed', in: 'log' },
  'link undelivered': { name: 'message.undelivered', in: 'log and webhooks' },
  'message moved to email': { name: 'message.moved_to_email', in: 'log' },
  'receipt not sent': { name: 'message.receipt_not_sent', in: 'log' },
  'message held': { name: 'message.held', in: 'log' },
  'message withheld': { name: 'message.withheld', in: 'log and webhooks' },
  'sms ceiling near': { name: 'message.sms_ceiling_near', in: 'log and webhooks' },
  'strangers sms used up': { name: 'message.strangers_sms_used_up', in: 'log and webhooks' },
  'callback queued': { name: 'callback.queued', in: 'timeline' },
  'callback tried': { name: 'callback.tried', in: 'timeline' },
  'webhook queued': { name: 'webhook.queued', in: 'timeline' },
  'webhook tried': { name: 'webhook.tried', in: 'timeline' },
  'endpoint disabled': { name: 'webhook.disabled', in: 'log' },
  'attention needed': 'by kind',
  'case opened': { name: 'case.opened', in: 'log and webhooks' },
  'case resolved': { name: 'case.resolved', in: 'log and webhooks' },
  'case answered': 'internal',
  'access granted': { name: 'access.granted', in: 'webhooks' },
  'access revoked': { name: 'access.revoked', in: 'log and webhooks' },
  'user assigned': { name: 'user.assigned', in: 'log and webhooks' },
  'subscription started': { name: 'subscription.started', in: 'webhooks' },
  'subscription period started': 'internal',
  'subscription ended': { name: 'subscription.ended', in: 'log and webhooks' },
} as const satisfies Record<string, Outside | 'internal' | 'by kind'> &
  Record<AttentionKind, Outside & { in: 'log and webhooks' }>;

type Outside = { name: `${string}.${string}`; in: Place };
type Place = 'log' | 'webhooks' | 'log and webhooks' | 'timeline';

type Table = typeof eventNames;
type InsideIn<Where extends Place> = {
  [Inside in keyof Table]: Table[Inside] extends { in: Where } ? Inside : never;
}[keyof Table];

/** The inside names of what the log holds, and of what endpoints can ask for. */
export type LoggedEventName = InsideIn<'log' | 'log and webhooks'>;
export type WebhookedEventName = InsideIn<'webhooks' | 'log and webhooks'>;
/** Of what only endpoints are told, and of what an order's timeline holds. */
export type UnloggedEventName = InsideIn<'webhooks'>;
export type TimelineEventName = InsideIn<'log' | 'log and webhooks' | 'timeline'>;
/** What a webhook is told by: its event's name outside. */
export type WebhookType = Table[WebhookedEventName]['name'];

export const webhookTypes: readonly WebhookType[] = Object.values(eventNames).flatMap((event) =>
  typeof event === 'object' && (event.in === 'webhooks' || event.in === 'log and webhooks')
    ? [event.name]
    : [],
);

const logged = Object.entries(eventNames).flatMap(([inside, event]) =>
  typeof event === 'object' && (event.in === 'log' || event.in === 'log and webhooks')
    ? [{ inside, name: event.name }]
    : [],
);

/** The names by which the log tells of its events, and clients ask for them. */
export const loggedNames: readonly string[] = logged.map((event) => event.name);

/** What clients asked by before: what an event was called inside. */
export const formerNames: Readonly<Record<string, string>> = Object.fromEntries(
  logged.map((event) => [event.inside, event.name]),
);

/** The inside name of an event that the log tells of by this name. */
export function insideNameOf(name: string): string {
  const event = logged.find((one) => one.name === name);
  if (!event) throw new Error(`no event of the log is called '${name}'`);
  return event.inside;
}

const shown = new Map<string, { name: string } | string>(Object.entries(eventNames));

/** What an event is called outside; one that only a newer node knows keeps the name it was written by. */
export function publicNameOf(inside: string): string {
  const event = shown.get(inside);
  return typeof event === 'object' ? event.name : inside;
}

type Attention = AttentionNeeded<AttentionKind, AnyEvent>;

/** An event as the log and webhooks tell it: what needs a person's attention goes by the name of its kind. */
export function namedByKind<Event extends AnyEvent>(
  event: Event | Attention,
): Event | (AnyEvent & { name: AttentionKind }) {
  if (!isAttention(event)) return event;
  const { kind, ...facts } = event;
  return { ...facts, name: kind };
}

function isAttention(event: AnyEvent): event is Attention {
  return event.name === 'attention needed';
}
