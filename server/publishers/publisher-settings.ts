import {
  country,
  defaultsOf,
  emailAddress,
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

/** Every setting of a publisher: its rule, its default, and what it does. Stored only where it was set. */
export const publisherSettings = {
  legalName: setting(
    line(200),
    '',
    'The name of the seller in law. Kept for documents; no page shows it yet.',
  ),
  organisationNumber: setting(
    line(40),
    '',
    'The registration number of the seller. Kept for documents; no page shows it yet.',
  ),
  address: setting(
    line(300),
    '',
    'The postal address of the seller, in one line. Kept for documents; no page shows it yet.',
  ),
  contactEmail: setting(emailAddress, '', 'Where readers can write to. No page shows it yet.'),
  contactPhone: setting(line(40), '', 'Where readers can call. No page shows it yet.'),
  homeUrl: setting(webAddress, '', 'Where a page leads on to when it knows no better place.'),
  termsUrl: setting(
    webAddress,
    '',
    'The terms of sale, for buyers and for providers that show them; without them our own address is named.',
  ),
  privacyUrl: setting(webAddress, '', "What is done with readers' data. No page shows it yet."),
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
};

export type PublisherSettings = ValuesOf<typeof publisherSettings>;

export const defaultPublisherSettings: PublisherSettings = defaultsOf(publisherSettings);

/** What a publisher has set, with the default of everything that it has not. */
export function publisherSettingsOf(stored: object): PublisherSettings {
  return { ...defaultPublisherSettings, ...stored };
}
