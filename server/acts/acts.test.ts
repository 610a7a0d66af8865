import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { jobs } from '../jobs.ts';
import { publisherSettings } from '../publishers/publisher-settings.ts';
import { complete, openTestNode, register, smsOrder, type TestNode } from '../testing/node.ts';
import type { ActRow } from './find-acts.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

type Act = Record<string, unknown> & { actId: number };

async function actsAt(query: string): Promise<Act[]> {
  const { status, body } = await node.get(`/capi/v1/client/acts?${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body['acts'] as Act[];
}

const open = () => register(node, { ...smsOrder(), paymentMethod: 'free' });
const path = (orderId: number, what: string) => `/capi/v1/client/order/${orderId}/${what}`;

test('an act tells who did what to which order, why, and from which network', async () => {
  const orderId = await open();
  const reply = await node.post(path(orderId, 'cancel'), { reason: 'ordered twice' });
  assert.equal(reply.status, 200);
  const [row] = await node.rows<{ customer_number: number }>(
    'SELECT customer_number FROM orders WHERE order_id = $1',
    [orderId],
  );
  const [act, ...others] = await actsAt(`orderId=${orderId}`);
  assert.deepEqual(others, []);
  const { actId = 0, at, ...told }: Partial<Act> = act ?? {};
  assert.ok(actId > 0 && Math.abs(Date.parse(String(at)) - Date.now()) < 60_000);
  assert.deepEqual(told, {
    by: { kind: 'client', id: 'no.leveret.demo' },
    scope: 'orders:write',
    operation: 'cancelOrder',
    subject: { kind: 'order', id: String(orderId) },
    orderId,
    customerNumber: row?.customer_number,
    reason: 'ordered twice',
    facts: {},
    requestId: reply.headers['x-request-id'],
    network: '127.0.0.0/24',
  });
});

test('what was asked for is kept, a repeat by its key is no act, and neither is what was refused', async () => {
  const orderId = await register(node, { ...smsOrder(), paymentMethod: 'invoice' });
  const early = await node.post(path(orderId, 'refund'), { amount: 10 });
  assert.equal(early.status, 409);
  await complete(node, orderId);
  await node.runJobs();
  const body = { amount: 10, access: 'keep', reason: 'late paper' };
  const key = { 'idempotency-key': 'refund once' };
  for (const replayed of [undefined, 'true']) {
    const reply = await node.post(path(orderId, 'refund'), body, key);
    assert.deepEqual([reply.status, reply.headers['idempotency-replayed']], [202, replayed]);
  }
  assert.equal((await node.post(path(orderId, 'cancel'))).status, 409);
  assert.deepEqual(
    (await actsAt(`orderId=${orderId}`)).map(({ operation, facts, reason }) => [operation, facts, reason]),
    [['refundOrder', { amount: '10', access: 'keep' }, 'late paper']],
  );
});

test('what a buyer wrote in a withdrawal is no reason of the act', async () => {
  const orderId = await open();
  const body = { name: 'Kari Nordmann', reason: 'I have moved to Kari Street 1' };
  assert.equal((await node.post(path(orderId, 'withdrawal'), body)).status, 202);
  const [act, ...others] = await actsAt(`orderId=${orderId}`);
  assert.deepEqual([act?.['operation'], act?.['reason'], others], ['receiveWithdrawal', null, []]);
});

test('an act of settings names them, and does not say what they hold', async () => {
  await node.patch('/capi/v1/client/publisher', { legalName: 'Avisa AS', termsUrl: null });
  const [act] = await actsAt('operation=changePublisher');
  assert.deepEqual(
    [act?.['subject'], act?.['facts']],
    [{ kind: 'publisher', id: '1000' }, { settings: ['legalName', 'termsUrl'] }],
  );
  assert.equal((await node.patch('/capi/v1/client/publisher', { legalNaem: 'A' })).status, 400);
  assert.equal((await actsAt('operation=changePublisher')).length, 1);
});

test('acts are found by order, customer, who, operation and time, and listed by pages', async () => {
  const [first, second] = [await open(), await open()];
  for (const orderId of [first, second]) await node.post(path(orderId, 'cancel'));
  const [newest, older] = await actsAt('operation=cancelOrder&limit=2');
  assert.deepEqual([newest?.['orderId'], older?.['orderId']], [second, first]);
  const [at, before] = [newest, older].map((act) => encodeURIComponent(String(act?.['at'])));
  const ordersOf = async (query: string) => (await actsAt(query)).map((act) => act['orderId']);
  const found: [string, number[]][] = [
    [`orderId=${first}`, [first]],
    [`customerNumber=${Number(newest?.['customerNumber'])}&orderId=${second}`, [second]],
    ['customerNumber=1', []],
    [`by=no.leveret.demo&byKind=client&orderId=${first}`, [first]],
    [`by=no.other&orderId=${first}`, []],
    [`byKind=command&orderId=${first}`, []],
    [`operation=refundOrder&orderId=${first}`, []],
    [`from=${at}`, [second]],
    [`from=${before}&to=${at}`, [first]],
  ];
  for (const [query, orders] of found) assert.deepEqual(await ordersOf(query), orders, query);

  const all = (await actsAt('limit=200')).map((act) => act.actId);
  const paged: number[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body } = await node.get(`/capi/v1/client/acts?limit=2${next}`);
    paged.push(...(body['acts'] as Act[]).map((act) => act.actId));
    cursor = body['nextCursor'] as string | null;
  } while (cursor !== null);
  assert.deepEqual(paged, all);
});

test('a stretch of time begins with its first moment, and ends before its last', async () => {
  const at = '2024-05-05T10:00:00Z';
  const [row] = await node.rows<ActRow>(
    `INSERT INTO acts (publisher_id, at, by_kind, operation_id, subject_kind, facts)
     VALUES (1000, $1, 'command', 'publisher set', 'publisher', '{}') RETURNING act_id`,
    [at],
  );
  const until = async (from: string, to: string) =>
    (await actsAt(`from=${from}&to=${to}`)).map((act) => act.actId);
  assert.deepEqual(await until(at, '2024-05-05T10:00:00.001Z'), [row?.act_id]);
  assert.deepEqual(await until('2024-05-05T09:00:00Z', at), []);
});

const refused = [
  ['oderId=1', 'oderId'],
  ['orderId=', 'orderId'],
  ['byKind=nobody', 'byKind'],
  ['from=yesterday', 'from'],
  ['from=2026-11-16T06:00:00Z&to=2026-11-16T06:00:00Z', 'to'],
  ['cursor=x', 'cursor'],
] as const;

for (const [query, field] of refused) {
  test(`refused: acts?${query}`, async () => {
    const { status, body } = await node.get(`/capi/v1/client/acts?${query}`);
    assert.equal(status, 400);
    assert.equal((body['fields'] as { field: string }[])[0]?.field, field);
  });
}

/** Writes an act that happened so many days ago, and answers its id. */
async function addAct(daysAgo: number): Promise<number> {
  const [row] = await node.rows<ActRow>(
    `INSERT INTO acts (publisher_id, at, by_kind, operation_id, subject_kind, facts)
     VALUES (1000, leveret_now() - $1 * interval '1 day', 'command', 'publisher set', 'publisher', '{}')
     RETURNING act_id`,
    [daysAgo],
  );
  return row?.act_id ?? 0;
}

const isThere = async (actId: number) =>
  (await node.rows('SELECT FROM acts WHERE act_id = $1', [actId])).length === 1;

test('an act is never changed, deleted before its time, or swept away with the table', async () => {
  const actId = await addAct(1);
  const attempts = [
    "UPDATE acts SET by_id = 'somebody else' WHERE act_id = $1",
    'UPDATE acts SET reason = reason WHERE act_id = $1',
    'DELETE FROM acts WHERE act_id = $1',
  ];
  for (const text of attempts) await assert.rejects(node.rows(text, [actId]), /acts are only added/, text);
  await assert.rejects(node.rows('TRUNCATE acts'), /acts are only added: TRUNCATE is refused/);
  assert.ok(await isThere(actId));
});

const days = publisherSettings.keepActsDays.default;

/** What the publisher has set, how old an act is, and whether the database lets go of it. */
const times: [object, number, boolean][] = [
  [{}, days - 1, false],
  [{}, days + 1, true],
  [{ keepActsDays: 400 }, 399, false],
  [{ keepActsDays: 400 }, 401, true],
  [{ keepActsDays: 3000 }, 2999, false],
  // Not what the rule of the setting allows.
  [{ keepActsDays: 1 }, 364, false],
  [{ keepActsDays: 1 }, 366, true],
];

for (const [settings, age, goes] of times) {
  test(`${JSON.stringify(settings)}: an act of ${age} days ${goes ? 'goes' : 'stays'}`, async () => {
    await node.rows('UPDATE publishers SET settings = $1 WHERE publisher_id = 1000', [settings]);
    const actId = await addAct(age);
    const deleted = node.rows('DELETE FROM acts WHERE act_id = $1', [actId]);
    await (goes ? deleted : assert.rejects(deleted, /DELETE is refused/));
    assert.equal(await isThere(actId), !goes);
  });
}

test('the job lets go of what is too old, and of nothing else', async () => {
  await node.rows("UPDATE publishers SET settings = '{}' WHERE publisher_id = 1000");
  const [old, young] = [await addAct(days + 1), await addAct(days - 1)];
  const name = 'prune-acts';
  const job = { jobId: 0, name, lane: name, arguments: {}, failures: 0, isHeld: async () => true };
  assert.equal((await jobs[name]?.run(node.context, job))?.kind, 'done');
  assert.deepEqual([await isThere(old), await isThere(young)], [false, true]);
});
