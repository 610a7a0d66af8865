import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  columnOf,
  type Pending,
  type Reported,
  reportedBy,
  type Told,
  tellOf,
} from '../../testing/evidence.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';

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
