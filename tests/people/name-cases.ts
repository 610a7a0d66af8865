import { guide, keptOfPayer, type PeopleCase, whatIsKept } from './desk.ts';

const names: [string, string][] = [
  ['  Nordmann ', 'Nordmann'],
  ['Nordmann\u00a0', 'Nordmann'],
  ['\ufeffNordmann\u200b', 'Nordmann'],
  ['\u202aNordmann\u202c', 'Nordmann'],
  ['Nord\u00admann', 'Nordmann'],
  ['Nordmann\n', 'Nordmann'],
  ['\tNordmann\r\n', 'Nordmann'],
  ['A\u030asen', 'Åsen'],
  ['Nordmann\u00a0Hansen', 'Nordmann Hansen'],
  ['علی\u200cرضا', 'علی\u200cرضا'],
  ["O'Neil-Åsen", "O'Neil-Åsen"],
];
const blanks = [
  '',
  ' ',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '\u2060',
  '\u3164',
  '\u2800',
  '\t\n',
  ' \u200b\u00ad ',
];

const kept = names.map(
  ([given, right]): PeopleCase => ({
    name: `lastName ${JSON.stringify(given)}`,
    right,
    tried: (desk) => keptOfPayer(desk, { lastName: given }, 'lastName'),
  }),
);
const nameless = blanks.flatMap((given): PeopleCase[] => [
  {
    name: `lastName ${JSON.stringify(given)} is no name`,
    right: '400 payer_is_incomplete payer.lastName',
    tried: (desk) => keptOfPayer(desk, { lastName: given }, 'lastName'),
  },
  {
    name: `companyName ${JSON.stringify(given)} beside a name is absent`,
    right: null,
    tried: (desk) => keptOfPayer(desk, { companyName: given }, 'companyName'),
  },
  {
    name: `an e-mail address ${JSON.stringify(given)} beside a phone is absent`,
    right: [],
    tried: (desk) => keptOfPayer(desk, { emails: [given], phoneNumbers: ['90000001'] }, 'emails'),
  },
  {
    name: `phoneNumber ${JSON.stringify(given)} is absent`,
    right: [],
    tried: (desk) => keptOfPayer(desk, { phoneNumbers: [{ phoneNumber: given }] }, 'phoneNumbers'),
  },
]);

const houses: [object, unknown, unknown][] = [
  [{ streetNumber: 12 }, 12, null],
  [{ streetNumber: '12' }, 12, null],
  [{ streetNumber: '12B' }, 12, 'B'],
  [{ streetNumber: '12 B' }, 12, 'B'],
  [{ streetNumber: '12b', entrance: 'B' }, 12, 'B'],
  [{ streetNumber: '12', entrance: 'B' }, 12, 'B'],
  [{ streetNumber: '12-14' }, 12, '-14'],
  [{ streetNumber: 0 }, null, null],
  [{ streetNumber: '' }, null, null],
];
const housed = houses.map(
  ([given, ...right]): PeopleCase => ({
    name: `house ${JSON.stringify(given)}`,
    right,
    tried: (desk) => {
      const payer = { lastName: 'Nordmann', emails: ['payer@example.com'], ...given };
      return whatIsKept(desk, { payer }, (order) => {
        const { streetNumber = null, entrance = null } = Object(order['payer']);
        return [streetNumber, entrance];
      });
    },
  }),
);

const countries: [string, string | null][] = [
  ['NO', 'NO'],
  ['no', 'NO'],
  ['NOR', 'NO'],
  [' se', 'SE'],
  ['SWE', 'SE'],
  ['swe', 'SE'],
  ['UK', 'GB'],
  ['XX', null],
];
const placed = countries.map(
  ([given, right]): PeopleCase => ({
    name: `countryCode ${JSON.stringify(given)}`,
    right,
    tried: (desk) => keptOfPayer(desk, { countryCode: given }, 'countryCode'),
  }),
);

/** What was copied with a code is no part of it. */
const codes: [object, (order: Record<string, unknown>) => unknown, unknown][] = [
  [{ externalOrderId: ' A-1\u200b' }, (order) => order['externalOrderId'], 'A-1'],
  [{ externalOrderId: 'A-1\u00a0' }, (order) => order['externalOrderId'], 'A-1'],
  [{ currency: 'nok' }, (order) => order['currency'], 'NOK'],
  [{ currency: 'NOK ' }, (order) => order['currency'], 'NOK'],
  [{ orderLines: [{ ...guide, product: 'GUIDE ' }] }, firstProduct, 'GUIDE'],
  [{ orderLines: [{ ...guide, product: '\u200bGUIDE' }] }, firstProduct, 'GUIDE'],
  [{ orderLines: [{ ...guide, product: 'GUIDE\n' }] }, firstProduct, 'GUIDE'],
];
function firstProduct(order: Record<string, unknown>): unknown {
  const [line] = Array.isArray(order['orderLines']) ? order['orderLines'] : [];
  return Object(line).product;
}
const coded = codes.map(
  ([given, look, right]): PeopleCase => ({
    name: `copied ${JSON.stringify(given)}`,
    right,
    tried: (desk) => whatIsKept(desk, { ...given }, look),
  }),
);

export const nameCases: PeopleCase[] = [...kept, ...nameless, ...housed, ...placed, ...coded];
