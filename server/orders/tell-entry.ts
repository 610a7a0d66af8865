import type { TimelineEventName } from '../callbacks/event-names.ts';
import { firstAndMore } from '../kit/first-and-more.ts';
import { type Currency, formatMajor } from '../kit/money.ts';
import { findAdapter, labelOf } from '../payments/merchants/find-method.ts';
import { readPaymentMethod } from './order-facts.ts';
import { takerOf } from './payment-methods.ts';
import {
  caseOutcomeWords,
  checkWords,
  endWords,
  eventWords,
  evidenceWords,
  messageWords,
  operationWords,
  reasonWords,
  stopWords,
  withdrawalWords,
} from './timeline-words.ts';
import { whoBegan } from './who-began.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What a sentence needs of the order that it is about. */
export type OrderInWords = {
  amountMinor: number;
  currency: Currency;
  lines: readonly { lineNumber: number; name: string; quantity: number }[];
};

/** An English sentence for each event that a timeline can hold; one without a line does not compile. */
const sentences: { readonly [Name in TimelineEventName]: (facts: Facts, order: OrderInWords) => string } = {
  'order registered': (_, order) => `The order was registered: ${purchase(order)}.`,
  'checkout confirmed': (facts, order) => confirmed(facts, order),
  'cancel asked': () => 'Cancelling was asked for while a payment was under way.',
  'order completed': ({ sequence }, order) =>
    `The order was completed${Number(sequence) > 1 ? ' after all' : ''}: ${purchase(order)}.`,
  'order stopped': ({ reason }) => `The order was stopped${because(reason, stopWords)}.`,
  'prepaid order left': (_, order) =>
    `The order of ${total(order)}, paid before, was never completed; a person is to look.`,
  'withdrawal received': ({ state }) =>
    `A statement of withdrawal came${because(state, withdrawalWords, '; ')}.`,
  'withdrawal accepted': (facts, order) => withdrawal(facts, order),
  'withdrawal refused': () => 'A person found that the withdrawal takes no effect.',
  'withdrawal to check': ({ reason }) =>
    `A person is to decide about the withdrawal${because(reason, checkWords)}.`,
  'withdrawal refund due': () => 'What was paid elsewhere is to be given back by whoever took it.',
  'callback asked late': () => 'A callback was asked for after the order had been completed.',
  'login link asked late': () => 'A login link was asked for after the order had been completed.',
  'payment wanted': (_, order) => `The payment of ${total(order)} was asked for.`,
  'payment attempt made': ({ adapter }, order) => `A payment of ${total(order)} was begun${at(adapter)}.`,
  'payment evidence': (facts, order) => evidence(facts, order),
  'payment pending': () => 'The payment is under way.',
  'payment unknown': () => 'What became of the payment is not known yet; the provider is asked.',
  'payment secured': ({ securedBy }, order) => secured(securedBy, order),
  'payment failed': ({ reason }) => `The payment failed${because(reason)}.`,
  'attempt ended without money': ({ reason }) => `The payment ended without money${because(reason)}.`,
  'another try offered': () => 'The buyer may try to pay again.',
  'attempt unresolved': ({ reason }) =>
    `What became of the payment could not be found out${because(reason)}; a person is to look.`,
  'late money': (_, order) => `Money came after the order had been stopped: ${total(order)}.`,
  'late money accepted': (_, order) => `The late money was accepted: ${total(order)}.`,
  'give-back due': () => 'The money is to be given back.',
  'surplus money': () => 'The order was paid once more than it costs; the surplus is to be given back.',
  'operation wanted': (facts, order) => `${upper(operation(facts, order))} was asked for.`,
  'payment captured': (facts, order) => `${amount(facts, order)} was captured.`,
  'payment released': (facts, order) => `${amount(facts, order)} that was reserved was released.`,
  'payment refunded': (facts, order) => `${amount(facts, order)} was refunded.`,
  'payment disputed': () => 'The buyer disputes the payment; a person is to look.',
  'capture failed': ({ reason }) => `The capture failed${because(reason)}.`,
  'capture due': () => 'The reserved money must be captured soon, or it is lost.',
  'release failed': ({ reason }) => `The release of the reserved money failed${because(reason)}.`,
  'refund failed': ({ reason }) => `The refund failed${because(reason)}.`,
  'refund by hand': () => 'A person is to give the money back, as the payment method cannot.',
  'refund accepted': (facts, order) => refund(facts, order),
  'authorization lost': () => 'The reservation of the money was lost before it was captured.',
  'action required': () => 'The provider asks the publisher to act on the payment.',
  'agreement stopped': () => 'The agreement to pay again has ended.',
  'fraud reversed': () => 'The provider now takes the payment for fraud, after it had accepted it.',
  'prepayment mismatch': () => 'What the order says was paid before is not what the provider says.',
  'reader tokens ended': ({ clientId }) => `Tokens of the reader at ${word(clientId)} were ended.`,
  'customer registered': ({ customerNumber }) => `Customer ${word(customerNumber)} was registered.`,
  'customer changed': ({ customerNumber }) => `Who customer ${word(customerNumber)} is was changed.`,
  'customer address changed': ({ customerNumber }) =>
    `The addresses of customer ${word(customerNumber)} were changed.`,
  'customer reference changed': ({ customerNumber, referenceCode }) =>
    `The reference ${word(referenceCode)} of customer ${word(customerNumber)} was changed.`,
  'customer erased': ({ customerNumber }) =>
    customerNumber === undefined ? 'A user was erased.' : `Customer ${word(customerNumber)} was erased.`,
  'consent given': ({ customerNumber, consentCode }) =>
    `Customer ${word(customerNumber)} gave the consent ${word(consentCode)}.`,
  'consent withdrawn': ({ customerNumber, consentCode }) =>
    `Customer ${word(customerNumber)} withdrew the consent ${word(consentCode)}.`,
  'customer user attached': ({ customerNumber }) => `A user became customer ${word(customerNumber)}.`,
  'customer user detached': ({ customerNumber }) => `A user is customer ${word(customerNumber)} no more.`,
  'credential corrected': ({ credential, endedLinks }) =>
    `The reader's address was corrected${credential === undefined ? '' : ` to ${word(credential)}`}` +
    `${Number(endedLinks) > 0 ? `; ${counted(Number(endedLinks), 'login link')} ended` : ''}.`,
  'login link issued': ({ channel }) => `A login link ${byChannel(channel)} was made.`,
  'login link moved': ({ channel }) =>
    `The login link goes to the reader's other address, ${byChannel(channel)}.`,
  'login link spent': () => 'The reader logged in by the login link.',
  'number changed hands': () => 'The number of a reader has a new owner, who got an account of their own.',
  'message queued': ({ channel, template }) =>
    `${upper(messageOf(channel))} with ${messageWords.get(word(template)) ?? 'a message'} was queued.`,
  'message accepted': ({ channel }) => `${upper(messageOf(channel))} was sent.`,
  'message delivered': ({ channel }) => `${upper(messageOf(channel))} was delivered.`,
  'message unknown': ({ channel }) => `Whether ${messageOf(channel)} was sent is not known yet.`,
  'message failed': ({ channel, reason }) => `${upper(messageOf(channel))} did not arrive${because(reason)}.`,
  'link undelivered': ({ channel, reason, movedTo }) =>
    `The login link did not reach the reader ${byChannel(channel)}${because(reason)}` +
    `${movedTo === undefined ? '; a person is to look' : `; it goes out ${byChannel(movedTo)} instead`}.`,
  'message moved to email': ({ reason }) =>
    `An SMS was not sent${because(reason)}; the reader gets an e-mail instead.`,
  'receipt not sent': ({ reason }) => `No receipt was sent${because(reason)}.`,
  'message held': ({ reason }) => `A message was not sent${because(reason)}.`,
  'message withheld': ({ reason }) => `A message was not sent${because(reason)}; a person is to look.`,
  'sms ceiling near': ({ sms, smsPerDay }) =>
    `${word(sms)} of the ${word(smsPerDay)} SMS that a day may have are sent.`,
  'strangers sms used up': ({ sms, most, numbers }) =>
    `Strangers had ${word(sms)} of ${word(most)} SMS sent ${toNumbers(numbers)}; no more go there for now.`,
  'callback queued': ({ event }) => `A callback was queued: ${eventWords(event)}.`,
  'callback tried': (facts) => `The callback was tried: ${eventWords(facts['event'])}; ${tried(facts)}.`,
  'webhook queued': ({ event }) => `A webhook was queued: ${eventWords(event)}.`,
  'webhook tried': (facts) => `The webhook was tried: ${eventWords(facts['event'])}; ${tried(facts)}.`,
  'endpoint disabled': () => 'A webhook endpoint that kept failing was switched off.',
  'case opened': ({ kind }) => `A case was opened for a person: ${word(kind)}.`,
  'case resolved': ({ kind, outcome }) =>
    `The case was closed: ${word(kind)}${because(outcome, caseOutcomeWords, ', ')}.`,
  'access revoked': () => 'Access was ended.',
  'user assigned': ({ assignedBy }) =>
    `The order was tied to a user${assignedBy === 'reader' ? ' by the reader' : ''}.`,
  'subscription ended': ({ lineNumber, access }, order) =>
    `The subscription will not renew: ${nameOf(lineNumber, order)}${because(access, endWords, '; ')}.`,
};

const toNumbers = (numbers: unknown) =>
  numbers === undefined ? 'to all numbers' : `to numbers that begin with ${word(numbers)}`;

const known = new Map(Object.entries(sentences));

/**
 * What happened, in a sentence with amounts and products, and who began it; of what only a newer node knows,
 * its name.
 */
export function tellEntry(what: string, facts: Facts, order: OrderInWords): string {
  const told = known.get(what)?.(facts, order) ?? `${upper(what)}.`;
  const who = whoBegan(facts['by']);
  return who === undefined ? told : told.replace(/\.?$/, ` (${who}).`);
}

function purchase(order: OrderInWords): string {
  return `${products(order)}, ${total(order)}`;
}

function products({ lines }: OrderInWords): string {
  const [first] = lines;
  if (!first) return 'nothing';
  const name = first.quantity > 1 ? `${first.quantity} × ${first.name}` : first.name;
  return firstAndMore({ first: name, more: lines.length - 1 }, 'en');
}

function nameOf(lineNumber: unknown, { lines }: OrderInWords): string {
  return lines.find((line) => line.lineNumber === lineNumber)?.name ?? `line ${word(lineNumber)}`;
}

function total(order: OrderInWords): string {
  return money(order.amountMinor, order);
}

function amount({ amountMinor }: Facts, order: OrderInWords): string {
  return typeof amountMinor === 'number' ? money(amountMinor, order) : 'An amount';
}

function money(minor: number, { currency }: OrderInWords): string {
  return `${formatMajor(minor, currency)} ${currency}`;
}

/** `the capture of 99.00 NOK`; without an operation, the payment of the order. */
function operation({ kind, operation, amountMinor }: Facts, order: OrderInWords): string {
  const noun = operationWords.get(word(operation ?? kind)) ?? 'payment';
  return `the ${noun} of ${money(typeof amountMinor === 'number' ? amountMinor : order.amountMinor, order)}`;
}

function evidence(facts: Facts, order: OrderInWords): string {
  const about = operation(facts, order);
  const tell = evidenceWords.get(word(facts['meaning']));
  const told = tell ? tell(about) : `${about} was told of`;
  const source = facts['source'] === 'person' ? 'By a person: ' : 'By the provider: ';
  return `${source}${told}${facts['applied'] === false ? ', which changed nothing' : ''}.`;
}

function secured(securedBy: unknown, order: OrderInWords): string {
  switch (securedBy) {
    case 'nothing owed':
      return 'The order owes nothing.';
    case 'invoice':
      return `The order of ${total(order)} is paid by invoice.`;
    case 'prepayment':
      return `The order of ${total(order)} was paid before.`;
    default:
      return `The payment of ${total(order)} is secured.`;
  }
}

/** What the buyer agreed to by the button, and by which words it can be shown again. */
function confirmed(facts: Facts, order: OrderInWords): string {
  const { paymentMethod, amountMinor, earlyStart, language, textVersion, textSha256 } = facts;
  const isToPay = typeof amountMinor === 'number' && amountMinor > 0;
  const method = readPaymentMethod(word(paymentMethod) || null);
  const by = method === undefined || takerOf(method) === 'nobody' ? '' : ` (${labelOf(method, 'en')})`;
  const act = `${isToPay ? `to pay ${amount(facts, order)}` : 'to go on with nothing to pay now'}${by}`;
  const page = `the page in ${word(language)}, text ${word(textVersion)}`;
  const start = earlyStart === true ? ' The buyer asked to have it at once.' : '';
  return `The buyer pressed the button ${act}, having read ${page} (SHA-256 ${word(textSha256)}).${start}`;
}

function refund(facts: Facts, order: OrderInWords): string {
  const { refundBy, lines } = facts;
  const what = refundBy === 'credit note' ? 'A credit on the invoice' : 'A refund';
  const names = (Array.isArray(lines) ? lines : []).map((line) => nameOf(line.lineNumber, order));
  const [first] = names;
  const of = first === undefined ? '' : `: ${firstAndMore({ first, more: names.length - 1 }, 'en')}`;
  return `${what} of ${amount(facts, order)} was accepted${of}.`;
}

function withdrawal({ ends, lines, amountMinor }: Facts, order: OrderInWords): string {
  if (ends === 'order') return 'The order was withdrawn from before it was completed.';
  const names = (Array.isArray(lines) ? lines : []).map((line) => nameOf(line.lineNumber, order));
  const [first = 'the order'] = names;
  const what = firstAndMore({ first, more: names.length - 1 }, 'en');
  const back = typeof amountMinor === 'number' && amountMinor > 0 ? money(amountMinor, order) : 'no money';
  return `The withdrawal took effect: ${what}; ${back} is to go back.`;
}

function tried({ outcome, status }: Facts): string {
  return typeof status === 'number' ? `${word(outcome)} (HTTP ${status})` : word(outcome);
}

/** Why, in words; nothing for a code that has none here, as it stands in a field of its own. */
function because(code: unknown, words: ReadonlyMap<string, string> = reasonWords, before = ': '): string {
  const reason = words.get(word(code));
  return reason === undefined ? '' : before + reason;
}

function at(adapter: unknown): string {
  const provider = findAdapter(word(adapter))?.provider;
  return provider === undefined ? '' : ` at ${provider}`;
}

function messageOf(channel: unknown): string {
  return channel === 'sms' ? 'an SMS' : 'an e-mail';
}

function byChannel(channel: unknown): string {
  return channel === 'sms' ? 'by SMS' : 'by e-mail';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
