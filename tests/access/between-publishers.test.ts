import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient, type Reply } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, freeOrder, prepaidOrder, register } from '../builders/orders.ts';
import { connectStranger, type Stranger } from './stranger.ts';

let fixture: Fixture;
let owner: DemoClient;
let stranger: Stranger;

before(async () => {
  fixture = await buildFixture();
  owner = await connectDemoClient(fixture.url);
  stranger = await connectStranger(fixture);
});
after(() => fixture.close());

const ownLine = { productSpecType: 'article', articleDetail: { articleRef: 'own-article' }, unitPrice: 10 };
const onOwnLine = { orderLines: [ownLine] };

function alike(one: Reply, other: Reply): void {
  const without = ({ status, body }: Reply) => ({ status, body: { ...body, requestId: '' } });
  assert.deepEqual(without(one), without(other));
}

test('a transaction that was paid at one publisher says nothing at another', async () => {
  const paid = prepaidOrder();
  await register(owner, paid);
  const reply = await stranger.client.post('/capi/v1/client/order', { ...paid, ...onOwnLine });
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('idempotency-replayed'), null);
});

test('an idempotency key of one client means nothing to another', async () => {
  const key = { 'idempotency-key': 'the same words' };
  const first = await owner.post('/capi/v1/client/order', freeOrder(), key);
  const second = await stranger.client.post('/capi/v1/client/order', freeOrder(onOwnLine), key);
  assert.equal(second.status, 200);
  assert.notEqual(second.body['orderId'], first.body['orderId']);
});

test('a customer number is a number of its own at each publisher', async () => {
  const orderId = await register(owner, freeOrder());
  const shown = await owner.get(`/capi/v1/client/order/${orderId}`);
  const payer = { lastName: 'Nordmann', emails: ['kari@example.com'] };
  const register2 = (customerNumber: unknown) =>
    stranger.client.post(
      '/capi/v1/client/order',
      freeOrder({ ...onOwnLine, payer: { ...payer, customerNumber } }),
    );
  assert.equal((await register2(shown.body['customerNumber'])).status, 200);
  assert.equal((await register2(8_999_999_000)).status, 200);
});

test("another publisher's client cannot lend its addresses, and is as unknown as none", async () => {
  const orderId = await register(stranger.client, freeOrder(onOwnLine));
  const assign = (overrideClientId: string) =>
    stranger.client.post(`/capi/v1/client/order/${orderId}/user`, {
      credential: 'a@example.com',
      overrideClientId,
    });
  const foreign = await assign('no.leveret.demo');
  assert.equal(foreign.body['code'], 'client_is_unknown');
  alike(foreign, await assign('nobody.at.all'));
});

test('a credential that one publisher knows is unknown at another', async () => {
  const orderId = await register(owner, freeOrder());
  await complete(owner, orderId, { credential: 'only.owner@example.com' });
  await owner.post(`/capi/v1/client/order/${orderId}/user`, { credential: 'only.owner@example.com' });
  const access = (client: DemoClient, credential: string) =>
    client.post('/capi/v1/client/access', { product: 'DEMO', credential, reason: true });
  assert.equal((await access(owner, 'only.owner@example.com')).body['access'], true);
  alike(
    await access(stranger.client, 'only.owner@example.com'),
    await access(stranger.client, 'nobody@example.com'),
  );
  const ask = (credential: string) =>
    stranger.client.post('/capi/v1/client/credential/check', { credential });
  alike(await ask('only.owner@example.com'), await ask('nobody@example.com'));
  const list = (credential: string) => stranger.client.get(`/capi/v1/client/orders?credential=${credential}`);
  alike(await list('only.owner@example.com'), await list('nobody@example.com'));
});
