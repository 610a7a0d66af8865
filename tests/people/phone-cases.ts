import { keptOfPayer, type PeopleCase, textOf, whatIsKept } from './desk.ts';

const refused = '400 phone_number_is_invalid payer.phoneNumbers[0]';

/** A number as it is typed, by the payer's country, and as it is kept. */
const typed: [unknown, string | undefined, string][] = [
  ['(+47) 900 00 001', undefined, '+4790000001'],
  ['(0047) 900 00 001', undefined, '+4790000001'],
  ['004790000001', undefined, '+4790000001'],
  ['00 47 900 00 001', undefined, '+4790000001'],
  ['4790000001', undefined, '+4790000001'],
  ['tel:+47 900 00 001', undefined, '+4790000001'],
  ['TEL:+47-900-00-001', undefined, '+4790000001'],
  ['tel:90000001', undefined, '+4790000001'],
  ['sms:+4790000001', undefined, '+4790000001'],
  ['＋４７９０００００01', undefined, '+4790000001'],
  ['٩٠٠٠٠٠٠١', undefined, '+4790000001'],
  ['+47\u00a0900\u202f00\u2007001', undefined, '+4790000001'],
  ['+47\u2011900\u201300\u2212001', undefined, '+4790000001'],
  ['\u202a+4790000001\u202c', undefined, '+4790000001'],
  ['+47900\u200b00001', undefined, '+4790000001'],
  ['\ufeff90000001', undefined, '+4790000001'],
  ['+47(0)90000001', undefined, '+4790000001'],
  ["'90000001", undefined, '+4790000001'],
  ['=90000001', undefined, '+4790000001'],
  ['"900 00 001"', undefined, '+4790000001'],
  ['900.00.001', undefined, '+4790000001'],
  ['900/00/001', undefined, '+4790000001'],
  ['900 00 001;', undefined, '+4790000001'],
  ['900 00 001 (mobil)', undefined, '+4790000001'],
  ['Mobil: 900 00 001', undefined, '+4790000001'],
  ['Tlf. 900 00 001', undefined, '+4790000001'],
  [90000001, undefined, '+4790000001'],
  [4790000001, undefined, '+4790000001'],
  [{ phoneNumber: '(+47) 900 00 001' }, undefined, '+4790000001'],
  [{ phoneNumber: 90000001, phoneNumberType: 'mobile' }, undefined, '+4790000001'],
  ['070-123 45 67', 'SE', '+46701234567'],
  ['070-123 45 67', 'se', '+46701234567'],
  ['070-123 45 67', 'SWE', '+46701234567'],
  ['070-123 45 67', 'swe', '+46701234567'],
  ['46701234567', 'SE', '+46701234567'],
  ['20 12 34 56', 'DK', '+4520123456'],
  ['040 123 4567', 'FIN', '+358401234567'],
  ['611 1234', 'IS', '+3546111234'],
  ['07911 123456', 'GB', '+447911123456'],
  ['+4790000001', 'SE', '+4790000001'],
  ['+4790000001', 'XX', '+4790000001'],
  ['+46 (0)70 123 45 67', undefined, '+46701234567'],
  ['(+46) (0)70 123 45 67', undefined, '+46701234567'],
  ['070-123 45 67', undefined, refused],
  ['070-123 45 67', 'XX', refused],
  ['+47 900 00 001 ext 5', undefined, refused],
  ['+4790000001;ext=5', undefined, refused],
  ['+4790000001x5', undefined, refused],
  ['900 00 001, 900 00 002', undefined, refused],
  ['900 00 001 / 2', undefined, refused],
  ['+47 +47 900 00 001', undefined, refused],
  ['900 00', undefined, refused],
  ['ring meg', undefined, refused],
];

const kept = typed.map(
  ([given, countryCode, right]): PeopleCase => ({
    name: `phone ${JSON.stringify(given)} of a payer in ${countryCode ?? 'no country'}`,
    right: right === refused ? refused : [right],
    tried: (desk) =>
      keptOfPayer(desk, { phoneNumbers: [given], ...(countryCode && { countryCode }) }, 'phoneNumbers'),
  }),
);

/** Nothing can be charged by SMS to a number that is no mobile of a country. */
const noMobiles = [
  '+881612345678',
  '+870773111632',
  '+8821612345678',
  '+4782012345',
  '+4781500000',
  '22 00 00 00',
];
const uncharged = noMobiles.map(
  (given): PeopleCase => ({
    name: `paying by SMS with ${given}`,
    right: true,
    async tried({ client }) {
      const payer = { lastName: 'Nordmann', phoneNumbers: [given] };
      const { body } = await client.post('/capi/v1/client/order', {
        paymentMethod: 'sms',
        payer,
        orderLines: [guideLine],
      });
      return ['mobile_is_required', 'phone_number_is_invalid'].includes(textOf(body['code']));
    },
  }),
);
const guideLine = { productSpecType: 'product', product: 'GUIDE' };

const receivers: [string, object, object, string][] = [
  [
    'its own country',
    { countryCode: 'DK' },
    { countryCode: 'SE', phoneNumbers: ['070-123 45 67'] },
    '+46701234567',
  ],
  ["the payer's country", { countryCode: 'SE' }, { phoneNumbers: ['070-123 45 67'] }, '+46701234567'],
  ["the publisher's country", {}, { phoneNumbers: ['900 00 001'] }, '+4790000001'],
];
const received = receivers.map(
  ([name, payer, receiver, right]): PeopleCase => ({
    name: `a receiver's phone by ${name}`,
    right,
    tried: (desk) =>
      whatIsKept(
        desk,
        {
          payer: { lastName: 'Nordmann', emails: ['payer@example.com'], ...payer },
          orderLines: [{ ...guideLine, receiver: { lastName: 'Svensson', ...receiver } }],
        },
        (order) => JSON.stringify(order['orderLines']).match(/"phoneNumbers":\["([^"]+)"\]/)?.[1],
      ),
  }),
);

export const phoneCases: PeopleCase[] = [...kept, ...uncharged, ...received];
