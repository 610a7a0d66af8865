import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Body, codeOf, customersPath, openDesk } from '../testing/customers.ts';
import { openTestNode, type TestNode } from '../testing/node.ts';

let node: TestNode;
let desk: ReturnType<typeof openDesk>;
before(async () => {
  node = await openTestNode();
  desk = openDesk(node);
});
after(() => node.close());

test('a yes that comes late revives nothing, and whoever sends it is told', async () => {
  const number = await desk.registered();
  await node.post('/capi/v1/client/consent/text', { consentCode: 'LATE', text: 'You may write to me.' });
  const path = `${customersPath}/${number}/consent`;
  const says = async (body: object) => {
    const reply = await node.post(path, { consentCode: 'LATE', source: 'by letter', ...body });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return (reply.body['warnings'] as Body[]).map(({ field, rule }) => [field, rule]);
  };
  const holding = async () =>
    ((await node.get(path)).body['consents'] as Body[]).map((one) => one['state']).join();
  const ago = (days: number) => Date.now() - days * 86_400_000;
  const told = [['statedAt', 'said_before']];
  assert.deepEqual(await says({ state: 'withdrawn', statedAt: ago(5) }), []);
  const late = { state: 'given', version: 1, statedAt: ago(7) };
  for (let times = 0; times < 2; times += 1) assert.deepEqual(await says(late), told);
  assert.equal(await holding(), 'withdrawn');
  assert.deepEqual(await says({ state: 'given', version: 1, statedAt: ago(3) }), []);
  assert.equal(await holding(), 'given');
  const day = new Date(ago(3)).toLocaleDateString('sv-SE', { timeZone: 'Europe/Oslo' });
  assert.deepEqual(
    await says({ state: 'withdrawn', statedAt: day }),
    [],
    'of a day alone a no is of its end',
  );
  assert.equal(await holding(), 'withdrawn');
  assert.deepEqual(await says({ state: 'withdrawn', source: 'by phone' }), [], 'said again, it is kept');
  assert.equal(((await node.get(path)).body['history'] as Body[]).length, 5);
  const events = await node.rows<{ name: string }>(
    `SELECT name FROM events WHERE facts ->> 'consentCode' = 'LATE' ORDER BY occurred_at`,
  );
  const names = events.map(({ name }) => name);
  assert.deepEqual(
    names,
    ['consent withdrawn', 'consent given', 'consent withdrawn'],
    'what changes is told',
  );
});

test('a consent is withdrawn also where no further statement is kept', async () => {
  const number = await desk.registered();
  await node.post('/capi/v1/client/consent/text', { consentCode: 'FULL', text: 'You may write to me.' });
  await node.rows(
    `INSERT INTO consent_statements (publisher_id, customer_number, consent_code, version, channel_code, state,
       stated_at, source, by_kind, by_id, recorded_at)
     SELECT $1, $2, 'FULL', 1, '', CASE nth % 2 WHEN 0 THEN 'given' ELSE 'withdrawn' END,
       leveret_now() - interval '1 day' + nth * interval '1 second', 'a page', 'user', '1', leveret_now()
     FROM generate_series(1, 1000) AS nth`,
    [node.client.publisher.publisherId, number],
  );
  const path = `${customersPath}/${number}/consent`;
  const says = (body: object) => node.post(path, { consentCode: 'FULL', source: 'by phone', ...body });
  const yes = { state: 'given', version: 1 };
  assert.deepEqual(codeOf(await says({ ...yes, channelCode: 'sms' })), [409, 'too_many_statements']);
  assert.equal((await says({ state: 'withdrawn' })).status, 200);
  assert.equal((await says({ state: 'withdrawn' })).status, 200);
  assert.equal((await says({ state: 'withdrawn', channelCode: 'sms' })).status, 200);
  assert.deepEqual(codeOf(await says(yes)), [409, 'too_many_statements']);
  const { body } = await node.get(path);
  assert.deepEqual(
    (body['consents'] as Body[]).map(({ state, source }) => [state, source]),
    [['withdrawn', 'by phone']],
  );
  assert.equal((body['history'] as Body[]).length, 1001);
});
