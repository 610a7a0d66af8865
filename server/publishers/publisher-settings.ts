import {
  colour,
  country,
  defaultsOf,
  emailAddress,
  flag,
  line,
  listOf,
  oneOf,
  setting,
  timeZone,
  type ValuesOf,
  webAddress,
  wholeNumber,
} from '../kit/setting.ts';

/** What every publisher has a value of its own for; these are columns of `publishers`. */
export const publisherProfile = {
  name: setting(line(100, 1), '', 'What readers see as the name of the publisher.'),
  timeZone: setting(
    timeZone,
    'Europe/Oslo',
    'Where its days begin: for dates without an offset, and invoices.',
  ),
  locale: setting(
    oneOf('nb', 'nn', 'sv', 'da', 'fi', 'en'),
    'nb',
    "The language of messages and pages where the reader's is not known.",
  ),
  ownerEmail: setting(
    emailAddress,
    '',
    'Who is told when something needs a person, such as a webhook that was switched off.',
  ),
};

// Nobody looks further back than a year and a month; a reader's own copy of a link lives at most 30 days.
const kept = wholeNumber(90, 36_500, 'days');
// The database holds the same least and default against whoever deletes acts.
const actsKept = wholeNumber(365, 36_500, 'days');

/** Every setting of a publisher: its rule, its default, and what it does. Stored only where it was set. */
export const publisherSettings = {
  legalName: setting(
    line(200),
    '',
    'The name of the seller in law, at the foot of pages on which something is bought.',
  ),
  organisationNumber: setting(line(40), '', 'The registration number of the seller, beside the name.'),
  address: setting(line(300), '', 'The postal address of the seller, in one line, beside the name.'),
  contactEmail: setting(emailAddress, '', 'Where readers can write to, beside the name.'),
  contactPhone: setting(line(40), '', 'Where readers can call, beside the name.'),
  homeUrl: setting(webAddress, '', 'Where a page leads on to when it knows no better place.'),
  termsUrl: setting(
    webAddress,
    '',
    'The terms of sale, at the foot of pages on which something is bought, and for providers that show ' +
      'them; without them these are told our own address.',
  ),
  privacyUrl: setting(webAddress, '', "What is done with readers' data, beside the terms of sale."),
  logoUrl: setting(
    webAddress,
    '',
    'A picture of the name, at the head of pages on which something is bought; best SVG or PNG, and small.',
  ),
  colour: setting(
    colour,
    '',
    'The colour of the button by which something is bought; the text on it is white or dark, whichever is ' +
      'read better.',
  ),
  orderLifeDays: setting(
    wholeNumber(1, 365, 'days'),
    7,
    'How long an order may stay registered; after that it stops as expired.',
  ),
  paymentWindowMinutes: setting(
    wholeNumber(5, 1440, 'minutes'),
    30,
    'How long a buyer has to pay once a payment has begun.',
  ),
  lateMoney: setting(
    oneOf('complete', 'give back', 'complete if no refund'),
    'complete if no refund',
    'What happens to money that arrives for a stopped order: the order completes after all, the money is ' +
      'refunded, or it is refunded where the method can and the order completes where it cannot.',
  ),
  accessAfterRefund: setting(
    oneOf('keep', 'end_now', 'end_at_period_end'),
    'end_now',
    'What becomes of access when a line is refunded whole and the request does not say.',
  ),
  withdrawal: setting(
    oneOf('always', 'eu', 'off'),
    'always',
    'Whose right of withdrawal is honoured: of every consumer, of buyers in the European Economic Area, or ' +
      'of nobody. Who sells to consumers there must honour it (directive 2011/83).',
  ),
  withdrawalDays: setting(
    wholeNumber(14, 400, 'days'),
    14,
    'How long a buyer may withdraw after the order was completed, the last day as a whole.',
  ),
  withdrawalRefund: setting(
    oneOf('whole', 'less used days'),
    'whole',
    'What goes back of a subscription that began at once by the wish of its buyer: all of it, or all but ' +
      'the share of the days that have passed. Everything else goes back whole.',
  ),
  subscriptionsLive: setting(
    oneOf('here', 'elsewhere'),
    'here',
    'Where subscriptions live: here bought access is granted at completion, elsewhere it arrives by API.',
  ),
  linkLifetimeHours: setting(
    wholeNumber(1, 720, 'hours'),
    24,
    'How long a login link opens where the request does not say.',
  ),
  receipts: setting(
    flag,
    true,
    'Whether the buyer gets a receipt by e-mail when an order is paid here. It holds the terms of the ' +
      'contract and the way to withdraw from it; without it the site must send these.',
  ),
  invoiceDueDays: setting(wholeNumber(1, 90, 'days'), 14, 'How long after its date an invoice is due.'),
  smsCountries: setting(
    listOf(country, 250),
    ['NO', 'SE', 'DK', 'FI', 'IS', 'FO', 'GL', 'AX'],
    'Countries that SMS is sent to. A reader elsewhere gets an e-mail where the address is known; else a ' +
      'case waits for a person. Each message costs money, and far countries are where it is stolen.',
  ),
  smsPerDay: setting(
    wholeNumber(1, 10_000_000, 'messages'),
    5000,
    'The most SMS in 24 hours. At 80 % the owner is warned; above it what can go by e-mail does.',
  ),
  messagesPerRecipientPerDay: setting(
    wholeNumber(1, 1_000_000, 'messages'),
    20,
    'The most messages to one address or number in 24 hours. The e-mail of a paid order is always sent.',
  ),
  messagesPerOrder: setting(
    wholeNumber(1, 1000, 'messages'),
    30,
    'The most messages about one order. The e-mail of a paid order is always sent.',
  ),
  keepMessagesDays: setting(
    kept,
    400,
    "How long messages that were sent are kept: they name a reader's address or number.",
  ),
  keepLinksDays: setting(kept, 400, 'How long login links are kept after they expired.'),
  keepDeliveriesDays: setting(kept, 400, 'How long callbacks and webhooks are kept after they ended.'),
  keepCompletionsDays: setting(
    kept,
    400,
    'How long it is kept what the site asked for when it completed an order: addresses and the reader. ' +
      "Of a completed order that is nobody's yet it stays.",
  ),
  keepUnpaidOrdersDays: setting(
    kept,
    400,
    'How long orders are kept that stopped and that nobody ever began to pay. Events of them stay.',
  ),
  keepStoppedBuyersDays: setting(
    kept,
    400,
    'How long names and addresses are kept of orders that stopped without money. Those of completed orders ' +
      'belong to the books and are never deleted.',
  ),
  keepWithdrawalsDays: setting(
    kept,
    1100,
    'How long statements of withdrawal are kept that took no effect. Those that did belong to the books.',
  ),
  keepActsDays: setting(
    actsKept,
    1825,
    'How long acts are kept: who did what by hand, from which network, and why. What they did stays.',
  ),
  keepPagePaymentsDays: setting(
    kept,
    400,
    'How long payments on pages of the publisher are kept that ended without money.',
  ),
};

export type PublisherSettings = ValuesOf<typeof publisherSettings>;

export const defaultPublisherSettings: PublisherSettings = defaultsOf(publisherSettings);

/** What a publisher has set, with the default of everything that it has not. */
export function publisherSettingsOf(stored: object): PublisherSettings {
  return { ...defaultPublisherSettings, ...stored };
}
