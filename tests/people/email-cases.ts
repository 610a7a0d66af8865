import { keptOfPayer, type PeopleCase, textOf } from './desk.ts';

const refused = '400 email_is_invalid payer.emails[0]';

/** An address as it is typed, and as it is kept and written to. */
const typed: [unknown, string][] = [
  ['kari@example.com;', 'kari@example.com'],
  ['kari@example.com,', 'kari@example.com'],
  ['kari@example.com.', 'kari@example.com'],
  ['kari@example.com>', 'kari@example.com'],
  ['kari@example.com:', 'kari@example.com'],
  ['kari@example.com)', 'kari@example.com'],
  ["kari@example.com'", 'kari@example.com'],
  ['kari@example.com>;', 'kari@example.com'],
  ['<kari@example.com>', 'kari@example.com'],
  ['"kari@example.com"', 'kari@example.com'],
  ['“kari@example.com”', 'kari@example.com'],
  ['(kari@example.com)', 'kari@example.com'],
  ['Kari <kari@example.com>', 'kari@example.com'],
  ['"Nordmann, Kari" <kari@example.com>', 'kari@example.com'],
  ['kari@example.com <kari@example.com>', 'kari@example.com'],
  ['kari@example.com (jobb)', 'kari@example.com'],
  ['mailto:kari@example.com', 'kari@example.com'],
  ['MAILTO:kari@example.com?subject=Hei', 'kari@example.com'],
  ['<mailto:kari@example.com>', 'kari@example.com'],
  ['E-post: kari@example.com', 'kari@example.com'],
  [' kari@example.com\u00a0', 'kari@example.com'],
  ['kari@example.com\u200b', 'kari@example.com'],
  ['\ufeffkari@example.com', 'kari@example.com'],
  ['\u202akari@example.com\u202c', 'kari@example.com'],
  ['kari@exam\u00adple.com', 'kari@example.com'],
  ['kari＠example．com', 'kari@example.com'],
  ['kari.nordmann+avis@example.com', 'kari.nordmann+avis@example.com'],
  ["o'neil@example.com", "o'neil@example.com"],
  ['kari@bokmål.no', 'kari@bokmål.no'],
  ['kari@xn--bokml-pra.no', 'kari@xn--bokml-pra.no'],
  ['kari@eksempel.xn--p1ai', 'kari@eksempel.xn--p1ai'],
  ['kari@пример.рф', 'kari@пример.рф'],
  [{ email: 'Kari <kari@example.com>' }, 'kari@example.com'],
  [{ emailAddress: 'kari@example.com;' }, 'kari@example.com'],
  ['a@example.no, b@example.no', refused],
  ['a@example.no;b@example.no', refused],
  ['a@example.no b@example.no', refused],
  ['ola@example.no <kari@example.com>', refused],
  ['kari', refused],
  ['@example.com', refused],
  ['kari@', refused],
  ['kari@example', refused],
  ['kari@localhost', refused],
  ['kari@127.0.0.1', refused],
  ['kari@[127.0.0.1]', refused],
  ['kari@example..com', refused],
  ['kari@.example.com', refused],
  ['kari@-example.com', refused],
  ['kari@example-.com', refused],
  ['kari@exam_ple.com', refused],
  ['kari@example.c0m', refused],
  ['kari@example.123', refused],
  ['kari..n@example.com', refused],
  ['.kari@example.com', refused],
  ['kari.@example.com', refused],
  ['kari nordmann@example.com', refused],
  ['kari@example .com', refused],
  ['kari@ex%61mple.com', refused],
  ['kari@xn--a.no', refused],
  ['kari@example.com/', refused],
  ['kari@example.com\\', refused],
];

const kept = typed.map(
  ([given, right]): PeopleCase => ({
    name: `e-mail ${JSON.stringify(given)}`,
    right: right === refused ? refused : [right],
    tried: (desk) => keptOfPayer(desk, { emails: [given] }, 'emails'),
  }),
);

const several: PeopleCase = {
  name: 'two addresses in one text are refused by what they are',
  right: true,
  async tried({ client }) {
    const payer = { lastName: 'Nordmann', emails: ['a@example.no, b@example.no'] };
    const { body } = await client.post('/capi/v1/client/order', {
      paymentMethod: 'free',
      payer,
      orderLines: [{ productSpecType: 'product', product: 'GUIDE' }],
    });
    return textOf(body['detail']).includes('more than one');
  },
};

const invoice: [string, unknown][] = [
  ['Kari <kari@example.com>;', 'kari@example.com'],
  ['kari', '400 email_is_invalid payer.invoiceEmailAddress'],
];

export const emailCases: PeopleCase[] = [
  ...kept,
  several,
  ...invoice.map(
    ([given, right]): PeopleCase => ({
      name: `an invoice to ${given}`,
      right,
      tried: (desk) => keptOfPayer(desk, { invoiceEmailAddress: given }, 'invoiceEmailAddress'),
    }),
  ),
];
