import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventNames } from '../callbacks/event-names.ts';
import { tellEntry } from './tell-entry.ts';

const order = {
  amountMinor: 24_800,
  currency: 'NOK',
  lines: [
    { lineNumber: 1, name: 'The guide', quantity: 2 },
    { lineNumber: 2, name: 'The atlas', quantity: 1 },
  ],
} as const;
const card = { attemptId: 4, adapter: 'swedbank-pay-card' };
const ofOrder = { attemptId: 4, operationId: 7 };
const sms = { messageId: 3, linkId: 2, channel: 'sms' };
const page = { textVersion: '3', textSha256: 'ab', language: 'nb' };
const email = { ...sms, channel: 'email' };

const cases: [what: string, facts: object, text: string][] = [
  ['order registered', {}, 'The order was registered: 2 × The guide and 1 more, 248.00 NOK.'],
  [
    'checkout confirmed',
    { ...page, paymentMethod: 'vippsEcommerce', amountMinor: 24_800, earlyStart: false },
    'The buyer pressed the button to pay 248.00 NOK (Vipps), having read the page in nb, text 3 (SHA-256 ab).',
  ],
  [
    'checkout confirmed',
    { ...page, paymentMethod: 'vippsRecurring', amountMinor: 0, earlyStart: true },
    'The buyer pressed the button to go on with nothing to pay now (Vipps, with an agreement), having read the ' +
      'page in nb, text 3 (SHA-256 ab). The buyer asked to have it at once.',
  ],
  [
    'checkout confirmed',
    { ...page, paymentMethod: 'free', amountMinor: 0, earlyStart: false },
    'The buyer pressed the button to go on with nothing to pay now, having read the page in nb, text 3 ' +
      '(SHA-256 ab).',
  ],
  ['cancel asked', {}, 'Cancelling was asked for while a payment was under way.'],
  ['order completed', { sequence: 1 }, 'The order was completed: 2 × The guide and 1 more, 248.00 NOK.'],
  [
    'order completed',
    { sequence: 2 },
    'The order was completed after all: 2 × The guide and 1 more, 248.00 NOK.',
  ],
  ['order stopped', { reason: 'payment_failed' }, 'The order was stopped: it was not paid.'],
  ['order stopped', { reason: 'of_a_newer_node' }, 'The order was stopped.'],
  [
    'prepaid order left',
    {},
    'The order of 248.00 NOK, paid before, was never completed; a person is to look.',
  ],
  ['callback asked late', {}, 'A callback was asked for after the order had been completed.'],
  ['login link asked late', {}, 'A login link was asked for after the order had been completed.'],
  ['payment wanted', {}, 'The payment of 248.00 NOK was asked for.'],
  ['payment attempt made', card, 'A payment of 248.00 NOK was begun at Swedbank Pay.'],
  ['payment attempt made', { adapter: 'newer' }, 'A payment of 248.00 NOK was begun.'],
  [
    'payment evidence',
    { source: 'notice', meaning: 'secured', applied: true },
    'By the provider: the payment of 248.00 NOK is secured.',
  ],
  [
    'payment evidence',
    { source: 'answer', meaning: 'succeeded', applied: true, operation: 'capture', amountMinor: 9900 },
    'By the provider: the capture of 99.00 NOK succeeded.',
  ],
  [
    'payment evidence',
    { source: 'person', meaning: 'declined', applied: false },
    'By a person: the payment of 248.00 NOK was declined, which changed nothing.',
  ],
  ['payment pending', ofOrder, 'The payment is under way.'],
  ['payment unknown', ofOrder, 'What became of the payment is not known yet; the provider is asked.'],
  ['payment secured', { securedBy: 'attempt' }, 'The payment of 248.00 NOK is secured.'],
  ['payment secured', { securedBy: 'nothing owed' }, 'The order owes nothing.'],
  ['payment secured', { securedBy: 'invoice' }, 'The order of 248.00 NOK is paid by invoice.'],
  ['payment secured', { securedBy: 'prepayment' }, 'The order of 248.00 NOK was paid before.'],
  ['payment failed', { reason: 'not configured' }, 'The payment failed: the payment method is not set up.'],
  [
    'attempt ended without money',
    { reason: 'declined' },
    'The payment ended without money: it was declined.',
  ],
  ['attempt ended without money', { reason: '106204' }, 'The payment ended without money.'],
  ['another try offered', {}, 'The buyer may try to pay again.'],
  [
    'attempt unresolved',
    { reason: 'tries used up' },
    'What became of the payment could not be found out: all tries failed; a person is to look.',
  ],
  ['late money', ofOrder, 'Money came after the order had been stopped: 248.00 NOK.'],
  ['late money accepted', ofOrder, 'The late money was accepted: 248.00 NOK.'],
  ['give-back due', ofOrder, 'The money is to be given back.'],
  ['surplus money', ofOrder, 'The order was paid once more than it costs; the surplus is to be given back.'],
  ['operation wanted', { kind: 'refund', amountMinor: 5000 }, 'The refund of 50.00 NOK was asked for.'],
  ['operation wanted', { kind: 'cancel', amountMinor: 5000 }, 'The release of 50.00 NOK was asked for.'],
  ['payment captured', { amountMinor: 9900 }, '99.00 NOK was captured.'],
  ['payment released', { amountMinor: 9900 }, '99.00 NOK that was reserved was released.'],
  ['payment refunded', { amountMinor: 9900 }, '99.00 NOK was refunded.'],
  ['payment disputed', ofOrder, 'The buyer disputes the payment; a person is to look.'],
  ['capture failed', { reason: 'declined' }, 'The capture failed: it was declined.'],
  ['capture due', ofOrder, 'The reserved money must be captured soon, or it is lost.'],
  ['release failed', { reason: '404' }, 'The release of the reserved money failed.'],
  ['refund failed', { reason: 'declined' }, 'The refund failed: it was declined.'],
  ['refund by hand', ofOrder, 'A person is to give the money back, as the payment method cannot.'],
  [
    'refund accepted',
    { refundBy: 'operations', amountMinor: 9900, lines: [{ lineNumber: 2 }], reason: 'late paper' },
    'A refund of 99.00 NOK was accepted: The atlas.',
  ],
  [
    'refund accepted',
    { refundBy: 'credit note', amountMinor: 24_800, lines: [{ lineNumber: 1 }, { lineNumber: 2 }] },
    'A credit on the invoice of 248.00 NOK was accepted: The guide and 1 more.',
  ],
  ['refund accepted', { amountMinor: 100, lines: [] }, 'A refund of 1.00 NOK was accepted.'],
  ['withdrawal received', { state: 'accepted' }, 'A statement of withdrawal came; it takes effect.'],
  ['withdrawal received', { state: 'to_check' }, 'A statement of withdrawal came; a person is to decide.'],
  [
    'withdrawal to check',
    { reason: 'too late' },
    'A person is to decide about the withdrawal: it came after the days.',
  ],
  [
    'withdrawal accepted',
    { ends: 'lines', lines: [{ lineNumber: 1, amountMinor: 100 }], amountMinor: 100 },
    'The withdrawal took effect: The guide; 1.00 NOK is to go back.',
  ],
  [
    'withdrawal accepted',
    { ends: 'order', lines: [], amountMinor: 0 },
    'The order was withdrawn from before it was completed.',
  ],
  ['withdrawal refused', {}, 'A person found that the withdrawal takes no effect.'],
  ['withdrawal refund due', {}, 'What was paid elsewhere is to be given back by whoever took it.'],
  ['authorization lost', ofOrder, 'The reservation of the money was lost before it was captured.'],
  ['action required', ofOrder, 'The provider asks the publisher to act on the payment.'],
  ['agreement stopped', { agreementId: 1 }, 'The agreement to pay again has ended.'],
  ['fraud reversed', ofOrder, 'The provider now takes the payment for fraud, after it had accepted it.'],
  ['prepayment mismatch', {}, 'What the order says was paid before is not what the provider says.'],
  [
    'credential corrected',
    { credential: 'k***@example.com', endedLinks: 1, by: { kind: 'client', id: 'no.shop' } },
    "The reader's address was corrected to k***@example.com; 1 login link ended (by client no.shop).",
  ],
  [
    'credential corrected',
    { credential: '+47******01', endedLinks: 0 },
    "The reader's address was corrected to +47******01.",
  ],
  ['credential corrected', { endedLinks: 1 }, "The reader's address was corrected; 1 login link ended."],
  ['login link issued', sms, 'A login link by SMS was made.'],
  ['login link moved', email, "The login link goes to the reader's other address, by e-mail."],
  ['login link spent', sms, 'The reader logged in by the login link.'],
  ['message queued', { ...sms, template: 'login-link' }, 'An SMS with a login link was queued.'],
  ['message queued', { ...email, template: 'login-code' }, 'An e-mail with a login code was queued.'],
  ['message accepted', sms, 'An SMS was sent.'],
  ['message delivered', email, 'An e-mail was delivered.'],
  ['message unknown', email, 'Whether an e-mail was sent is not known yet.'],
  ['message failed', { ...email, reason: '5.1.1' }, 'An e-mail did not arrive.'],
  [
    'link undelivered',
    { ...email, reason: '5.1.1', movedTo: 'sms' },
    'The login link did not reach the reader by e-mail; it goes out by SMS instead.',
  ],
  [
    'link undelivered',
    { ...sms, reason: 'tries used up' },
    'The login link did not reach the reader by SMS: all tries failed; a person is to look.',
  ],
  [
    'message moved to email',
    { reason: 'sms_country_not_allowed' },
    'An SMS was not sent: SMS to that country are not allowed; the reader gets an e-mail instead.',
  ],
  [
    'message held',
    { reason: 'messages_per_order_reached' },
    'A message was not sent: enough messages were sent for this order.',
  ],
  [
    'message withheld',
    { reason: 'messages_per_recipient_reached' },
    'A message was not sent: the reader has been written to often enough; a person is to look.',
  ],
  [
    'receipt not sent',
    { reason: 'no_email_known' },
    'No receipt was sent: no e-mail address of the buyer is known.',
  ],
  ['sms ceiling near', { sms: 80, smsPerDay: 100 }, '80 of the 100 SMS that a day may have are sent.'],
  ['number changed hands', {}, 'The number of a reader has a new owner, who got an account of their own.'],
  [
    'strangers sms used up',
    { sms: 20, most: 20, numbers: '+479123' },
    'Strangers had 20 of 20 SMS sent to numbers that begin with +479123; no more go there for now.',
  ],
  [
    'strangers sms used up',
    { sms: 1000, most: 1000 },
    'Strangers had 1000 of 1000 SMS sent to all numbers; no more go there for now.',
  ],
  ['callback queued', { event: 'order.completed' }, 'A callback was queued: order completed.'],
  [
    'callback tried',
    { event: 'order.completed', outcome: 'delivered', status: 204 },
    'The callback was tried: order completed; delivered (HTTP 204).',
  ],
  ['webhook queued', { event: 'payment.refunded' }, 'A webhook was queued: payment refunded.'],
  [
    'webhook tried',
    { event: 'payment.refunded', outcome: 'timed out', status: null },
    'The webhook was tried: payment refunded; timed out.',
  ],
  ['endpoint disabled', {}, 'A webhook endpoint that kept failing was switched off.'],
  ['case opened', { kind: 'refund failed' }, 'A case was opened for a person: refund failed.'],
  [
    'case resolved',
    { kind: 'refund failed', outcome: 'by_provider' },
    'The case was closed: refund failed, the provider settled it.',
  ],
  ['access revoked', {}, 'Access was ended.'],
  ['reader tokens ended', { clientId: 'no.shop' }, 'Tokens of the reader at no.shop were ended.'],
  ['customer registered', { customerNumber: 7 }, 'Customer 7 was registered.'],
  ['customer changed', { customerNumber: 7 }, 'Who customer 7 is was changed.'],
  ['customer address changed', { customerNumber: 7 }, 'The addresses of customer 7 were changed.'],
  [
    'customer reference changed',
    { customerNumber: 7, referenceCode: 'CRM' },
    'The reference CRM of customer 7 was changed.',
  ],
  ['customer erased', { customerNumber: 7 }, 'Customer 7 was erased.'],
  ['customer erased', {}, 'A user was erased.'],
  ['consent given', { customerNumber: 7, consentCode: 'NEWS' }, 'Customer 7 gave the consent NEWS.'],
  ['consent withdrawn', { customerNumber: 7, consentCode: 'NEWS' }, 'Customer 7 withdrew the consent NEWS.'],
  ['customer user attached', { customerNumber: 7 }, 'A user became customer 7.'],
  ['customer user detached', { customerNumber: 7 }, 'A user is customer 7 no more.'],
  ['user assigned', { assignedBy: 'client' }, 'The order was tied to a user.'],
  ['user assigned', { assignedBy: 'reader' }, 'The order was tied to a user by the reader.'],
  ['access revoked', { by: { kind: 'client', id: 'no.shop' } }, 'Access was ended (by client no.shop).'],
  ['access revoked', { by: { kind: 'user', id: 7 } }, 'Access was ended (by user 7).'],
  ['access revoked', { by: { kind: 'staff', id: 7 } }, 'Access was ended (by staff 7).'],
  ['access revoked', { by: { kind: 'visitor' } }, 'Access was ended (in a browser).'],
  ['access revoked', { by: { kind: 'command' } }, 'Access was ended (by the command line).'],
  ['access revoked', { by: { kind: 'provider', id: 'vipps' } }, 'Access was ended.'],
  ['access revoked', { by: { kind: 'of a newer node' } }, 'Access was ended.'],
  [
    'subscription ended',
    { lineNumber: 2, access: 'end_at_period_end' },
    'The subscription will not renew: The atlas; access lasts until its period ends.',
  ],
  ['something of a newer node', {}, 'Something of a newer node.'],
];

for (const [what, facts, text] of cases) {
  test(`${what} ${JSON.stringify(facts)}: ${text}`, () => {
    assert.equal(tellEntry(what, { ...facts }, order), text);
  });
}

test('every event that a timeline can hold has a case here', () => {
  const told = new Set(cases.map(([what]) => what));
  const missing = Object.entries(eventNames).filter(
    ([what, event]) => typeof event === 'object' && event.in !== 'webhooks' && !told.has(what),
  );
  assert.deepEqual(missing, []);
});

test('an order without lines, and a currency without minor units', () => {
  const bare = { amountMinor: 500, currency: 'ISK', lines: [] } as const;
  assert.equal(tellEntry('order registered', {}, bare), 'The order was registered: nothing, 500 ISK.');
});
