import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { resealColumn } from '../../database/reseal-column.ts';
import { unseal } from '../../kit/seal.ts';
import {
  columnOf,
  type Pending,
  type Reported,
  reportedBy,
  type Told,
  tellOf,
} from '../../testing/evidence.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { agreementKey, sealedTokens } from './note-beside.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

const tell = (about: Pending, told: Told) => tellOf(fixture, about, told);
const reported = (about: Pending, work: () => Promise<unknown>) => reportedBy(fixture, about, work);
const column = (about: Pending, name: string) => columnOf(fixture, about, name);
const namesOf = (events: readonly Reported[]) => events.map(({ name }) => name);

test('a mobile is remembered where its bill was charged, and once', async () => {
  const mobile = '+4790000077';
  const payer = { lastName: 'Nordmann', phoneNumbers: [mobile] };
  const remembered = async () =>
    (await node.rows<{ count: number }>('SELECT count(*) AS count FROM charged_mobiles'))[0]?.count;
  const inBrowser = await fixture.pending({ payer });
  await node.rows("UPDATE payment_attempts SET flow = 'browser' WHERE attempt_id = $1 RETURNING 1 AS one", [
    inBrowser.attemptId,
  ]);
  const former = await remembered();
  await tell(await fixture.pending({ payer }), { meaning: 'declined' });
  await tell(inBrowser, { meaning: 'secured' });
  assert.equal(await remembered(), former);
  await tell(await fixture.pending({ payer }), { meaning: 'secured' });
  await tell(await fixture.pending({ payer }), { meaning: 'secured' });
  assert.equal(await remembered(), (former ?? 0) + 1);
});

test('what stands beside the state is kept: the deadline, what a person should see, the first id', async () => {
  const about = await fixture.pending();
  const captureBefore = new Date(Date.UTC(2099, 0));
  await tell(about, { meaning: 'pending', captureBefore });
  assert.deepEqual(await column(about, 'capture_before'), captureBefore);
  const attention = () => tell(about, { meaning: 'pending', attention: 'disputed' });
  assert.deepEqual(namesOf(await reported(about, attention)).slice(0, 1), ['payment disputed']);
  assert.deepEqual(namesOf(await reported(about, attention)), [], 'a person was told already');
  await tell(about, { meaning: 'pending', providerId: 'first' });
  await tell(about, { meaning: 'pending', providerId: 'second' });
  assert.deepEqual(
    [
      await column(about, 'provider_id'),
      await column(about, 'attention'),
      await column(about, 'capture_before'),
    ],
    ['first', 'disputed', captureBefore],
  );
});

test('an agreement is kept once, and its end is said where it stood, or was paid under', async () => {
  const agreed = ({ attemptId }: Pending, state: 'active' | 'stopped') => ({
    token: `t-${attemptId}`,
    state,
  });
  const stateOf = async ({ attemptId }: Pending) =>
    (
      await node.rows<{ shown: string }>(
        `SELECT state || ' ' || (stopped_at IS NOT NULL) AS shown FROM payment_agreements WHERE attempt_id = $1`,
        [attemptId],
      )
    ).map((row) => row.shown);
  const stood = await fixture.pending();
  const ends = (events: readonly Reported[]) =>
    namesOf(events).filter((name) => name === 'agreement stopped').length;
  assert.equal(
    ends(
      await reported(stood, () => tell(stood, { meaning: 'pending', agreement: agreed(stood, 'active') })),
    ),
    0,
  );
  assert.deepEqual(await stateOf(stood), ['active false']);
  assert.equal(
    ends(
      await reported(stood, () => tell(stood, { meaning: 'pending', agreement: agreed(stood, 'stopped') })),
    ),
    1,
  );
  assert.deepEqual(await stateOf(stood), ['stopped true']);
  assert.equal(
    ends(
      await reported(stood, () => tell(stood, { meaning: 'pending', agreement: agreed(stood, 'stopped') })),
    ),
    0,
  );
  await tell(stood, { meaning: 'pending', agreement: agreed(stood, 'active') });
  assert.deepEqual(await stateOf(stood), ['stopped true']);
  const unpaid = await fixture.pending();
  assert.equal(
    ends(
      await reported(unpaid, () =>
        tell(unpaid, { meaning: 'declined', agreement: agreed(unpaid, 'stopped') }),
      ),
    ),
    0,
  );
  const paid = await fixture.pending();
  assert.equal(
    ends(await reported(paid, () => tell(paid, { meaning: 'secured', agreement: agreed(paid, 'stopped') }))),
    1,
  );
});

test('an agreement that stands is told again and again, and paid under, without an end', async () => {
  const [asked, atOnce] = [await fixture.pending(), await fixture.pending()];
  for (const [about, meanings] of [
    [asked, ['pending', 'pending', 'secured']],
    [atOnce, ['secured', 'secured']],
  ] as const) {
    const agreement = { token: `stands-${about.attemptId}`, state: 'active' } as const;
    for (const meaning of meanings) {
      const events = await reported(about, () => tell(about, { meaning, agreement }));
      assert.ok(!namesOf(events).includes('agreement stopped'), meaning);
    }
    const kept = await node.rows('SELECT state, stopped_at FROM payment_agreements WHERE attempt_id = $1', [
      about.attemptId,
    ]);
    assert.deepEqual(kept, [{ state: 'active', stopped_at: null }]);
  }
});

const attentions = [
  ['action required', 'action required'],
  ['fraud reversed', 'fraud reversed'],
  ['authorization lost', 'authorization lost'],
  ['disputed', 'payment disputed'],
] as const;

for (const [attention, said] of attentions) {
  test(`what a person should see of a payment that is ${attention} is said as ${said}, and has a case`, async () => {
    const about = await fixture.pending();
    const events = await reported(about, () => tell(about, { meaning: 'pending', attention }));
    assert.deepEqual(namesOf(events).slice(0, 1), [said]);
    assert.deepEqual(await fixture.caseStates(about.orderId), [`${said} open`]);
  });
}

test('the token of an agreement is sealed at its place, and sealed anew there', async () => {
  const about = await fixture.pending();
  await tell(about, { meaning: 'pending', agreement: { token: 'secret-1', state: 'active' } });
  const { sealing } = node.context.secrets;
  const read = async () => {
    const [row] = await node.rows<{ sealed: Buffer; key: Buffer }>(
      'SELECT token_sealed AS sealed, token_key AS key FROM payment_agreements WHERE attempt_id = $1',
      [about.attemptId],
    );
    assert.ok(row);
    return row;
  };
  const place = `payment_agreements ${about.attemptId}`;
  const former = await read();
  assert.equal(unseal(sealing, place, former.sealed).toString(), 'secret-1');
  const fresh = { id: Buffer.alloc(8, 9), key: Buffer.alloc(32, 9) };
  const keys = { ...sealing, keys: [fresh, ...sealing.keys] };
  const { resealed, unopened } = await resealColumn(node.context.database, keys, sealedTokens);
  assert.ok(resealed > 0);
  assert.equal(unopened, 0);
  const now = await read();
  assert.equal(unseal({ ...sealing, keys: [fresh] }, place, now.sealed).toString(), 'secret-1');
  assert.deepEqual(now.key, former.key);
});

test('an agreement is found by its own token at its own provider, under any sealing key', () => {
  const { sealing } = node.context.secrets;
  const key = agreementKey(sealing, 'one', 't-1').toString('hex');
  assert.equal(agreementKey({ ...sealing, keys: [] }, 'one', 't-1').toString('hex'), key);
  for (const [adapter, token] of [
    ['other', 't-1'],
    ['one', 't-2'],
  ] as const)
    assert.notEqual(agreementKey(sealing, adapter, token).toString('hex'), key);
});

test('an agreement that no order’s payment brings is not kept', async () => {
  const about = await fixture.pending();
  await node.rows('UPDATE payments SET order_id = NULL WHERE payment_id = $1 RETURNING 1 AS one', [
    about.paymentId,
  ]);
  await tell(about, { meaning: 'pending', agreement: { token: 'of nobody', state: 'active' } });
  const kept = await node.rows('SELECT 1 AS one FROM payment_agreements WHERE attempt_id = $1', [
    about.attemptId,
  ]);
  assert.deepEqual(kept, []);
});
