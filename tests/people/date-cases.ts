import { type Desk, guide, isFields, type PeopleCase, warnedRules, whatIsKept } from './desk.ts';

const day = 86_400_000;

/** The days of birth that are read wrongest, as milliseconds of their midnight. */
const born: [string, number][] = [
  ['1931-04-12', -1_222_041_600_000],
  ['1969-12-31', -day],
  ['1970-01-05', 4 * day],
  ['1972-09-01', 84_153_600_000],
  ['1999-02-28', 920_160_000_000],
];

const births = born.flatMap(([written, milliseconds]) => {
  const seconds = milliseconds / 1000;
  const texts = [written, ` ${written}\u00a0`, `${written}T00:00:00Z`, `${written}T00:00:00.000Z`];
  const zoned = [`${written}T00:00:00+00:00`, `${written} 00:00:00Z`, `${written}T01:00:00+01:00`];
  const exact = [...texts, ...zoned, written.replaceAll('-', ''), milliseconds, String(milliseconds)];
  const guessed = [seconds, String(seconds)];
  return [
    ...exact.map((given) => bornOn(given, [milliseconds, []])),
    ...guessed.map((given) => bornOn(given, [milliseconds, ['date_is_doubtful']])),
  ];
});

const unborn = [
  '1999-02-29',
  '1999-13-01',
  '1879-12-31',
  '2101-01-01',
  '12.04.1931',
  'yes',
  -4_000_000_000_000,
];
const noBirths = unborn.map((given) => bornOn(given, '400 date_is_invalid payer.birthDate'));
const placeholders = [0, '0', '0001-01-01T00:00:00'].map((given) =>
  bornOn(given, [null, ['date_is_doubtful']]),
);

function bornOn(given: string | number, right: unknown): PeopleCase {
  const payer = { lastName: 'Nordmann', emails: ['payer@example.com'], birthDate: given };
  return {
    name: `birthDate ${JSON.stringify(given)}`,
    right,
    tried: (desk) =>
      whatIsKept(desk, { payer }, (order, reply) => [
        (isFields(order['payer']) && order['payer']['birthDate']) ?? null,
        warnedRules(reply),
      ]),
  };
}

const noon = '2026-03-01T11:00:00.000Z';
/** The publisher's clocks show an hour more than UTC. */
const moments: [string | number, string][] = [
  ['2026-03-01', '2026-02-28T23:00:00.000Z'],
  ['20260301', '2026-02-28T23:00:00.000Z'],
  ['2026-07-01', '2026-06-30T22:00:00.000Z'],
  ['2026-03-01T11:00:00Z', noon],
  ['2026-03-01T11:00:00.000Z', noon],
  ['2026-03-01T12:00:00', noon],
  ['2026-03-01 12:00', noon],
  ['2026-03-01T12:00:00+01:00', noon],
  ['2026-03-01T12:00:00+0100', noon],
  ['2026-03-01T06:00:00\u221205:00', noon],
  [Date.parse(noon), noon],
  [String(Date.parse(noon)), noon],
  [Date.parse(noon) / 1000, noon],
  [String(Date.parse(noon) / 1000), noon],
];
const wrongMoments = [
  ...[
    '2026-02-30',
    '2026-13-01',
    '2026-00-01',
    '2025-02-29',
    '2026-03-01T25:00:00',
    '01.03.2026',
    'tomorrow',
  ],
  ...['1970-01-01', '1970-12-31', 1, 86_400, 31_000_000, -1, 99_999_999_999, 1_772_362_800.5],
];

const ordered = [
  ...moments.map(([given, right]) => orderedOn(given, right)),
  ...wrongMoments.map((given) => orderedOn(given, '400')),
];
const started = [
  ...moments.map(([given, right]) => startingOn(given, right)),
  ...wrongMoments.map((given) => startingOn(given, '400')),
];
const paid = moments.map(([given, right]) => paidOn(given, Date.parse(right)));

function orderedOn(given: string | number, right: string): PeopleCase {
  return {
    name: `orderDate ${JSON.stringify(given)}`,
    right,
    tried: async (desk) =>
      statusOnly(await whatIsKept(desk, { orderDate: given }, (order) => order['orderedAt']), right),
  };
}

/** A start shows in the access that begins then. */
function startingOn(given: string | number, right: string): PeopleCase {
  const line = { ...guide, startInfo: { startDate: given } };
  return {
    name: `startDate ${JSON.stringify(given)}`,
    right,
    tried: async (desk) =>
      statusOnly(
        await completedOrder(desk, { orderLines: [line] }, (order) => firstOf(order['access'], 'startsAt')),
        right,
      ),
  };
}

function paidOn(given: string | number, right: number): PeopleCase {
  return {
    name: `paidTime ${JSON.stringify(given)}`,
    right,
    async tried(desk) {
      const paymentInfoOther = { transactionId: crypto.randomUUID(), paidTime: given };
      const changes = { paymentMethod: 'other', prepaid: true, paymentInfoOther };
      return whatIsKept(desk, changes, (order) =>
        isFields(order['prepayment']) ? order['prepayment']['paidTime'] : undefined,
      );
    },
  };
}

/** Where only a refusal is right, its status is enough. */
function statusOnly(seen: unknown, right: unknown): unknown {
  return right === '400' && typeof seen === 'string' ? seen.slice(0, 3) : seen;
}

export async function completedOrder(
  desk: Desk,
  changes: Record<string, unknown>,
  look: (order: Record<string, unknown>) => unknown,
): Promise<unknown> {
  const reply = await desk.client.post('/capi/v1/client/order', {
    paymentMethod: 'free',
    payer: { lastName: 'Nordmann', emails: ['payer@example.com'] },
    orderLines: [guide],
    ...changes,
  });
  if (reply.status !== 200) return String(reply.status);
  const { orderId } = reply.body;
  await desk.client.post('/capi/v1/client/order/fulfillment', { orderId });
  const { body } = await desk.client.get(`/capi/v1/client/order/${JSON.stringify(orderId)}`);
  return look(body);
}

function firstOf(list: unknown, field: string): unknown {
  const [first] = Array.isArray(list) ? list : [];
  return isFields(first) ? first[field] : undefined;
}

export const dateCases: PeopleCase[] = [
  ...births,
  ...noBirths,
  ...placeholders,
  ...ordered,
  ...started,
  ...paid,
];
