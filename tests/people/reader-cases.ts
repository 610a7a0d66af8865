import { type Desk, guide, isFields, type PeopleCase, refusalOf, textOf } from './desk.ts';

/** One reader as each party writes him: as the order has it, and as others type it afterwards. */
const readers: { orderedBy: object; typed: string[] }[] = [
  {
    orderedBy: { phoneNumbers: ['+4790000061'] },
    typed: [
      '90000061',
      '(+47) 900 00 061',
      'tel:+4790000061',
      '00479 000 00 61',
      '＋４７９０００００６１',
      "'90000061",
    ],
  },
  {
    orderedBy: { emails: ['kari61@example.com'] },
    typed: [
      ' KARI61@example.com ',
      'Kari <kari61@example.com>',
      'mailto:kari61@example.com',
      'kari61@example.com;',
    ],
  },
  {
    orderedBy: { emails: ['kari@bokmål.no'] },
    typed: ['kari@xn--bokml-pra.no', 'kari@BOKMÅL.no', 'kari@bokma\u030al.no', 'Kari@Xn--Bokml-pra.no,'],
  },
  { orderedBy: { emails: ['kari@xn--e1afmkfd.xn--p1ai'] }, typed: ['kari@пример.рф', 'Kari@ПРИМЕР.рф'] },
];

const places = {
  'the access check': async ({ client }: Desk, credential: string) => {
    const { body } = await client.post('/capi/v1/client/access', { product: 'GUIDE', credential });
    return body['access'];
  },
  'the list of orders': async ({ client }: Desk, credential: string) => {
    const { body } = await client.get(`/capi/v1/client/orders?credential=${encodeURIComponent(credential)}`);
    return Array.isArray(body['orders']) && body['orders'].length > 0;
  },
  'the completion': (desk: Desk, credential: string) => opensByCompletion(desk, credential),
};

async function buy({ client }: Desk, payer: object): Promise<number> {
  const order = { paymentMethod: 'free', payer: { lastName: 'Nordmann', ...payer }, orderLines: [guide] };
  const { body } = await client.post('/capi/v1/client/order', order);
  const { orderId } = body;
  await client.post('/capi/v1/client/order/fulfillment', { orderId });
  return typeof orderId === 'number' ? orderId : 0;
}

/** Somebody else's order is completed for the credential. */
async function opensByCompletion({ client }: Desk, credential: string): Promise<unknown> {
  const order = {
    paymentMethod: 'free',
    payer: { lastName: 'N', emails: ['x@example.com'] },
    orderLines: [guide],
  };
  const { body } = await client.post('/capi/v1/client/order', order);
  const wanted = { orderId: body['orderId'], credential };
  const reply = await client.post('/capi/v1/client/order/fulfillment', wanted);
  return reply.status === 200 ? reply.body['fulfillmentStatus'] === 'OK' : refusalOf(reply);
}

const sameReader = readers.flatMap(({ orderedBy, typed }) =>
  typed.flatMap((credential) =>
    Object.entries(places).map(
      ([place, look]): PeopleCase => ({
        name: `${JSON.stringify(credential)} in ${place}`,
        right: true,
        async tried(desk) {
          await buy(desk, orderedBy);
          return look(desk, credential);
        },
      }),
    ),
  ),
);

/** Every spelling is tied to one account. */
const sameAccount = readers.map(
  ({ orderedBy, typed }): PeopleCase => ({
    name: `one account for ${JSON.stringify(orderedBy)}`,
    right: 1,
    async tried(desk) {
      const [first = ''] = Object.values(orderedBy).flat();
      const accounts = new Set<unknown>();
      for (const credential of [first, ...typed]) {
        const orderId = await buy(desk, orderedBy);
        const reply = await desk.client.post(`/capi/v1/client/order/${orderId}/user`, { credential });
        accounts.add(reply.body['uniqueUserId'] ?? refusalOf(reply));
      }
      return accounts.size;
    },
  }),
);

const national: PeopleCase = {
  name: "a national credential is read by the payer's own country",
  right: '+46701234561',
  async tried({ client }) {
    const payer = { lastName: 'Svensson', countryCode: 'SWE', phoneNumbers: ['070-123 45 61'] };
    const { body } = await client.post('/capi/v1/client/order', {
      paymentMethod: 'free',
      payer,
      orderLines: [guide],
    });
    const { orderId } = body;
    await client.post('/capi/v1/client/order/fulfillment', { orderId, credential: '070-123 45 61' });
    const order = await client.get(`/capi/v1/client/order/${JSON.stringify(orderId)}`);
    const { completion } = order.body;
    return isFields(completion) ? completion['credential'] : completion;
  },
};

/** A user's id is copied from anywhere, and its letters in any case. */
const userIds = [(id: string) => id, (id: string) => id.toUpperCase(), (id: string) => ` ${id}\u200b`].map(
  (write, index): PeopleCase => ({
    name: `a uniqueUserId in spelling ${index}`,
    right: [200, true],
    async tried(desk) {
      const { client } = desk;
      const orderId = await buy(desk, { emails: ['user61@example.com'] });
      const assigned = await client.post(`/capi/v1/client/order/${orderId}/user`, {
        credential: 'user61@example.com',
      });
      const uniqueUserId = write(textOf(assigned.body['uniqueUserId']));
      const payer = { lastName: 'N', emails: ['user61@example.com'] };
      const order = { paymentMethod: 'free', uniqueUserId, payer, orderLines: [guide] };
      const { status } = await client.post('/capi/v1/client/order', order);
      const asked = { product: 'GUIDE', uniqueId: uniqueUserId };
      return [status, (await client.post('/capi/v1/client/access', asked)).body['access']];
    },
  }),
);

/** A code that narrows is copied with what stood around it, too. */
const products = ['GUIDE ', '\u200bGUIDE', 'GUIDE\u00a0', '\tGUIDE\n'].map(
  (product): PeopleCase => ({
    name: `the access check of ${JSON.stringify(product)}`,
    right: true,
    async tried(desk) {
      await buy(desk, { emails: ['kari61@example.com'] });
      const asked = { product, credential: 'kari61@example.com' };
      return (await desk.client.post('/capi/v1/client/access', asked)).body['access'];
    },
  }),
);

/** Addresses are copied with blanks around them; inside they are refused. */
const addresses: [string, number][] = [
  [' http://localhost:8090/publisher/callback ', 200],
  ['http://localhost:8090/publisher/callback\n', 200],
  ['\u00a0http://localhost:8090/publisher/callback\u200b', 200],
  ['http://localhost:8090/publisher/call back', 400],
];
const called = addresses.map(
  ([callbackUrl, right]): PeopleCase => ({
    name: `callbackUrl ${JSON.stringify(callbackUrl)}`,
    right,
    async tried(desk) {
      const orderId = await buy(desk, { emails: ['kari61@example.com'] });
      return (await desk.client.post('/capi/v1/client/order/fulfillment', { orderId, callbackUrl })).status;
    },
  }),
);

const refusedTexts = [
  'a@example.no, b@example.no',
  '+881612345678',
  '82012345',
  '22 00 00 00',
  'kari@',
  'AID:1',
];
const refused = refusedTexts.flatMap((credential) =>
  (['access', 'orders', 'completion'] as const).map(
    (place): PeopleCase => ({
      name: `${credential} is no credential in ${place}`,
      right: 400,
      async tried({ client }) {
        if (place === 'orders') {
          return (await client.get(`/capi/v1/client/orders?credential=${encodeURIComponent(credential)}`))
            .status;
        }
        const path = place === 'access' ? 'access' : 'order/fulfillment';
        const body = place === 'access' ? { product: 'GUIDE' } : { orderId: 100000 };
        return (await client.post(`/capi/v1/client/${path}`, { ...body, credential })).status;
      },
    }),
  ),
);

export const readerCases: PeopleCase[] = [
  ...sameReader,
  ...sameAccount,
  national,
  ...userIds,
  ...products,
  ...called,
  ...refused,
];
