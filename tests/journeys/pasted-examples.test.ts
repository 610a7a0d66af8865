import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { makeCase } from '../access/owned-ids.ts';
import { prepareForReaders } from '../access/user-calls.ts';
import { firstOf, numberAt, textAt } from '../builders/fields-of.ts';
import { complete, freeOrder, prepaidOrder, register } from '../builders/orders.ts';
import { connectReader } from '../builders/reader-client.ts';
import { paid } from '../conformance/purchase.ts';
import { type OwnStage, openStage, settle } from '../conformance/stage.ts';
import { listWays } from '../conformance/ways.ts';

type Content = { example?: unknown };
type Parameter = { in: string; name: string; example?: string | number };
type Operation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  security?: Record<string, unknown>[];
};
type Description = { paths: Record<string, Record<string, Operation>> };

const { paths }: Description = JSON.parse(
  await readFile(new URL('../../../openapi.json', import.meta.url), 'utf8'),
);

let stage: OwnStage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

/** What stands in place of an example's value, such as the number of an order that is in the right state. */
type Ids = Readonly<Record<string, number | string>>;

const registered = async (): Promise<Ids> => ({ orderId: await register(await stage.client(), freeOrder()) });

async function completed(): Promise<Ids> {
  const client = await stage.client();
  const orderId = await register(client, prepaidOrder());
  await complete(client, orderId, { callbackUrl: `${stage.sandboxUrl}/publisher/callback/pasted` });
  await settle(stage);
  return { orderId };
}

async function paidByVipps(manual: boolean): Promise<Ids> {
  const way = listWays().find(({ name }) => name === 'vipps-epayment, by URL');
  assert.ok(way);
  const { orderId } = await paid(stage, way, { manual });
  return { orderId };
}

async function newest(list: string, id: string): Promise<Ids> {
  return { [id]: numberAt(firstOf(await (await stage.client()).get(`/capi/v1/client/${list}`), list), id) };
}

async function withWebhook(): Promise<Ids> {
  const url = `${stage.sandboxUrl}/publisher/callback/hook`;
  const made = await (await stage.client()).post('/capi/v1/client/webhooks', { url });
  return { webhookId: numberAt(made.body, 'webhookId') };
}

const connectOwnReader = () => connectReader(stage.fixture, 'reader@example.com');

async function registeredByReader(): Promise<Ids> {
  const { body } = await (await connectOwnReader()).post('/capi/v1/order', freeOrder());
  return { orderId: numberAt(body, 'orderId') };
}

const customerPath = '/capi/v1/client/customer';

async function asCustomer(): Promise<Ids> {
  const { body } = await (await stage.client()).post(`${customerPath}/register`, {
    name: { lastName: 'Ny' },
  });
  return { customerNumber: numberAt(body, 'customerNumber') };
}

async function withReference(): Promise<Ids> {
  const ids = await asCustomer();
  const path = `${customerPath}/${ids['customerNumber']}/external-reference`;
  const reference = { referenceCode: 'CRM', externalId: String(ids['customerNumber']) };
  await (await stage.client()).post(path, reference);
  return ids;
}

async function withConsentText(): Promise<Ids> {
  await prepareForReaders(await stage.client());
  return asCustomer();
}

/** Another user each time, whose id stands in place of the example's. */
async function withUser(isAttached: boolean): Promise<Ids> {
  const { orderId } = await completed();
  const client = await stage.client();
  const credential = `user${orderId}@example.com`;
  const user = { credential, isSendMessage: false };
  const { body } = await client.post(`/capi/v1/client/order/${orderId}/user`, user);
  const { uniqueUserId } = body;
  const ids = await asCustomer();
  if (isAttached) await client.post(`${customerPath}/${ids['customerNumber']}/user`, { uniqueUserId });
  return { ...ids, uniqueUserId: textAt(body, 'uniqueUserId') };
}

/** What must be there before an operation's example can be accepted; for the others nothing must. */
const needs: Readonly<Record<string, () => Promise<Ids>>> = {
  completeOrder: registered,
  showOrderStatus: registered,
  showOrder: registered,
  showOwnOrderStatus: registeredByReader,
  cancelOrder: registered,
  refundOrder: () => paidByVipps(false),
  receiveWithdrawal: completed,
  listOrderWithdrawals: completed,
  captureOrder: () => paidByVipps(true),
  assignUser: completed,
  sendOrderLink: completed,
  correctCredential: completed,
  replayCallback: async () => {
    await completed();
    return newest('callbacks', 'callbackId');
  },
  showWebhook: withWebhook,
  deleteWebhook: withWebhook,
  rotateWebhookSecret: withWebhook,
  enableWebhook: withWebhook,
  showCustomer: asCustomer,
  changeCustomer: asCustomer,
  listAddresses: asCustomer,
  changeAddresses: asCustomer,
  listExternalReferences: asCustomer,
  addExternalReference: asCustomer,
  changeExternalReference: withReference,
  removeExternalReference: withReference,
  attachCustomerUser: () => withUser(false),
  detachCustomerUser: () => withUser(true),
  listConsents: asCustomer,
  exportCustomer: asCustomer,
  eraseCustomer: asCustomer,
  exportUser: () => withUser(false),
  eraseUser: () => withUser(false),
  stateConsent: withConsentText,
  stateOwnConsent: withConsentText,
  resolveCase: async () => ({ caseId: await makeCase(stage.fixture, await stage.client()) }),
};

const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

/** `{…}` of the path, by the ids that are there, else by the examples. */
function addressOf(path: string, parameters: readonly Parameter[], ids: Ids): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = ids[name] ?? parameters.find((one) => one.in === 'path' && one.name === name)?.example;
    assert.notEqual(value, undefined, `${path} has no example of ${name}`);
    return encodeURIComponent(String(value));
  });
}

function withIds(example: unknown, ids: Ids): unknown {
  if (typeof example !== 'object' || example === null) return example;
  const own = Object.entries(ids).filter(([name]) => Object.hasOwn(example, name));
  return { ...example, ...Object.fromEntries(own) };
}

for (const { path, method, operationId, parameters = [], requestBody, security = [] } of operations) {
  for (const type of Object.keys(requestBody?.content ?? { nothing: {} })) {
    test(`${operationId} with ${type}: its example is accepted as it stands`, async () => {
      const ids = (await needs[operationId]?.()) ?? {};
      const example = requestBody && withIds(requestBody.content[type]?.example, ids);
      const isReaders = security.some((one) => 'readerToken' in one);
      const { token } = await (isReaders ? connectOwnReader() : stage.client());
      const isForm = type === 'application/x-www-form-urlencoded';
      const reply = await fetch(stage.urls[0] + addressOf(path, parameters, ids), {
        method,
        headers: {
          ...(path.startsWith('/capi/') && { authorization: `Bearer ${token}` }),
          ...(requestBody && { 'content-type': type }),
        },
        ...(requestBody && {
          body: isForm ? new URLSearchParams(example as Record<string, string>) : JSON.stringify(example),
        }),
      });
      const text = await reply.text();
      assert.ok(reply.ok, `${reply.status} ${text}`);
      assert.doesNotMatch(text, /"fulfillmentStatus":"ERROR"|"ok":false/, text);
      assert.doesNotMatch(text, /"warnings":\[\{/, text);
    });
  }
}
