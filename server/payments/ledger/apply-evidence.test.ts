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
import { findAdapter } from '../merchants/find-method.ts';
import type { Evidence } from '../port/provider-answer.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

const tell = (about: Pending, told: Told, isRefunded?: boolean) => tellOf(fixture, about, told, isRefunded);
const reported = (about: Pending, work: () => Promise<unknown>) => reportedBy(fixture, about, work);
const column = (about: Pending, name: string) => columnOf(fixture, about, name);
const namesOf = (events: readonly Reported[]) => events.map(({ name }) => name);

const outcomesOf = ({ attemptId }: Pending) =>
  node.rows<{
    meaning: string;
    applied: boolean;
    carries_money: boolean;
    code: string | null;
    is_raw: boolean;
  }>(
    `SELECT meaning, applied, carries_money, code, raw_sealed IS NOT NULL AS is_raw FROM payment_outcomes
     WHERE attempt_id = $1 ORDER BY outcome_id`,
    [attemptId],
  );

test('what says nothing new is stored, unless it only says again that the provider is at work', async () => {
  const about = await fixture.pending();
  const known = (await outcomesOf(about)).length;
  assert.equal(await tell(about, { meaning: 'pending' }), 'pending');
  assert.equal((await outcomesOf(about)).length, known);
  assert.equal(await tell(about, { meaning: 'unknown', code: 'lost' }), 'pending');
  await tell(about, { meaning: 'declined', raw: 'no' });
  assert.deepEqual((await outcomesOf(about)).slice(known), [
    { meaning: 'unknown', applied: false, carries_money: false, code: 'lost', is_raw: false },
    { meaning: 'declined', applied: true, carries_money: false, code: null, is_raw: true },
  ]);
});

test('the key that seals evidence is written with the first piece, and read for the others', async () => {
  const about = await fixture.pending();
  const keys = () =>
    node.rows<{ place: string }>(
      `SELECT ctid::text AS place FROM payment_keys
       WHERE payment_id = (SELECT payment_id FROM payment_attempts WHERE attempt_id = $1)`,
      [about.attemptId],
    );
  await tell(about, { meaning: 'unknown', raw: 'one' });
  const made = await keys();
  assert.equal(made.length, 1);
  await tell(about, { meaning: 'declined', raw: 'two' });
  assert.deepEqual(await keys(), made);
});

test('secured is said with the money that it brings, and what was wanted of it', async () => {
  const about = await fixture.pending();
  const events = await reported(about, () => tell(about, { meaning: 'secured' }));
  assert.ok(namesOf(events).includes('payment secured'));
  assert.deepEqual((await outcomesOf(about)).at(-1)?.carries_money, true);
});

const moneyCases: [string, string, Told, number[]][] = [
  ['reserved, where the method reserves', 'test-reserving', { meaning: 'secured' }, [10_000, 0]],
  ['taken, where the method takes at once', 'link-mobility-sms', { meaning: 'secured' }, [10_000, 10_000]],
  [
    'as much as the provider says',
    'link-mobility-sms',
    {
      meaning: 'secured',
      money: { authorizedMinor: 70, capturedMinor: 60, refundedMinor: 0, cancelledMinor: 0 },
    },
    [70, 60],
  ],
  ['nothing by a refusal', 'test-reserving', { meaning: 'declined' }, [0, 0]],
  [
    'what the provider says beside a refusal',
    'test-reserving',
    {
      meaning: 'declined',
      money: { authorizedMinor: 70, capturedMinor: 60, refundedMinor: 0, cancelledMinor: 0 },
    },
    [70, 60],
  ],
];

for (const [name, adapter, told, expected] of moneyCases) {
  test(`booked by evidence: ${name}`, async () => {
    const about = await fixture.pending();
    await node.rows('UPDATE payment_attempts SET adapter = $2 WHERE attempt_id = $1 RETURNING 1 AS one', [
      about.attemptId,
      adapter,
    ]);
    await tell(about, told);
    const { authorized, captured } = await fixture.booksOf(about.orderId);
    assert.deepEqual([authorized, captured], expected);
  });
}

test('that nobody can tell is said while money may still come, and no more once it is known', async () => {
  const doubt: Told = { meaning: 'unknown', isUnresolvable: true, code: 'who knows' };
  const about = await fixture.pending();
  const [first] = await reported(about, () => tell(about, doubt));
  assert.deepEqual([first?.name, first?.facts['reason']], ['attempt unresolved', 'who knows']);
  assert.notEqual(await column(about, 'unresolvable_at'), null);
  const again = await reported(about, () => tell(about, { meaning: 'unknown', isUnresolvable: true }));
  assert.deepEqual(namesOf(again).slice(0, 1), ['attempt unresolved']);
  assert.equal(again[0]?.facts['reason'], 'unknown');
  await tell(about, { meaning: 'secured' });
  assert.notEqual(await column(about, 'unresolvable_at'), null);
  assert.deepEqual(namesOf(await reported(about, () => tell(about, doubt))), []);
  const declined = await fixture.pending();
  const events = await reported(declined, () =>
    tell(declined, { meaning: 'declined', isUnresolvable: true }),
  );
  assert.ok(!namesOf(events).includes('attempt unresolved'));
  const late = await reported(declined, () => tell(declined, doubt));
  assert.ok(!namesOf(late).includes('attempt unresolved'), 'it is known by now');
});

test('the case of a doubt is closed by whatever settles it', async () => {
  for (const meaning of ['secured', 'declined'] as const) {
    const about = await fixture.pending();
    await tell(about, { meaning: 'unknown', isUnresolvable: true });
    assert.deepEqual(await fixture.caseStates(about.orderId), ['attempt unresolved open']);
    await tell(about, { meaning });
    assert.deepEqual(await fixture.caseStates(about.orderId), ['attempt unresolved resolved']);
  }
});

test('the case of a doubt stays while money may still come', async () => {
  const about = await fixture.pending();
  const { publisherId, orderId, attemptId } = about;
  await node.rows("UPDATE payment_attempts SET state = 'unknown' WHERE attempt_id = $1 RETURNING 1 AS one", [
    attemptId,
  ]);
  const needed = { name: 'attention needed', kind: 'attempt unresolved', reason: 'asked for a day' } as const;
  await node.context.database.transaction('test', (transaction) =>
    transaction.report([{ ...needed, publisherId, orderId, attemptId }]),
  );
  assert.equal(await tell(about, { meaning: 'pending' }), 'pending');
  assert.deepEqual(await fixture.caseStates(orderId), ['attempt unresolved open']);
});

test('a provider that wants to hear it is told when the money is stored, and of nothing else', async () => {
  const method = findAdapter('test-reserving');
  assert.ok(method);
  method.acknowledge = () => Promise.resolve({ kind: 'succeeded', raw: '' });
  const jobs = async (meaning: Evidence['meaning']) => {
    const about = await fixture.pending();
    await tell(about, { meaning });
    return (
      await node.rows("SELECT 1 AS one FROM jobs WHERE name = 'acknowledge-payment' AND key = $1", [
        String(about.attemptId),
      ])
    ).length;
  };
  const counts = [await jobs('secured'), await jobs('declined'), await jobs('unknown')];
  delete method.acknowledge;
  assert.deepEqual(counts, [1, 0, 0]);
});

test('money that a person has given back ends the payment', async () => {
  const about = await fixture.pending();
  const events = await reported(about, () => tell(about, { meaning: 'secured' }, true));
  const failed = events.find(({ name }) => name === 'payment failed');
  assert.equal(failed?.facts['reason'], 'given back');
  assert.ok(!namesOf(events).includes('payment secured'));
});

test('money of an order that is to be cancelled goes back', async () => {
  const about = await fixture.pending();
  await node.rows(
    'UPDATE orders SET cancel_asked_at = leveret_now() WHERE order_id = $1 RETURNING 1 AS one',
    [about.orderId],
  );
  const events = await reported(about, () => tell(about, { meaning: 'secured' }));
  assert.equal(events.find(({ name }) => name === 'payment failed')?.facts['reason'], 'cancelled');
  assert.ok(namesOf(events).includes('give-back due'));
});

test('a refusal is said with the provider’s word, or with what it means', async () => {
  for (const [told, reason] of [
    [{ meaning: 'declined', code: 'no funds' }, 'no funds'],
    [{ meaning: 'expired' }, 'expired'],
  ] as const) {
    const about = await fixture.pending();
    const events = await reported(about, () => tell(about, told));
    const ended = events.find(({ name }) => name === 'attempt ended without money');
    assert.equal(ended?.facts['reason'], reason);
  }
});

/** What a state means for the attempt and for the operation that began it. */
const moves: [Evidence['meaning'], boolean, string][] = [
  ['secured', true, 'succeeded true'],
  ['declined', true, 'failed true'],
  ['aborted', true, 'failed true'],
  ['expired', true, 'failed true'],
];

for (const kind of ['charge', 'authorize']) {
  for (const [meaning, isEnded, operation] of moves) {
    test(`${meaning} ends the attempt, and its ${kind} is ${operation}`, async () => {
      const [about, other] = [await fixture.pending(), await fixture.pending()];
      await node.rows(
        "UPDATE payment_operations SET kind = $2, state = 'sent' WHERE attempt_id = $1 RETURNING 1 AS one",
        [about.attemptId, kind],
      );
      assert.equal(await tell(about, { meaning, providerId: 'p-2', reason: 'declined' }), meaning);
      const shown = async ({ attemptId }: Pending) =>
        (
          await node.rows<{ shown: string }>(
            `SELECT state || ' ' || (ended_at IS NOT NULL) AS shown FROM payment_operations
             WHERE attempt_id = $1 AND kind IN ('charge', 'authorize')`,
            [attemptId],
          )
        ).map((row) => row.shown);
      assert.deepEqual(await shown(about), [operation]);
      assert.equal((await column(about, 'ended_at')) !== null, isEnded);
      assert.deepEqual(
        [await column(about, 'provider_id'), await column(about, 'buyer_reason')],
        ['p-2', 'declined'],
      );
      assert.deepEqual(
        [await column(other, 'payment_attempts.state'), await column(other, 'ended_at')],
        ['pending', null],
      );
      assert.deepEqual(await shown(other), ['sent false']);
    });
  }
}

test('doubt is told of the operation as well, which does not end', async () => {
  const about = await fixture.pending();
  await tell(about, { meaning: 'unknown', isUnresolvable: true });
  assert.equal(await column(about, 'ended_at'), null);
  const [charge] = await node.rows(
    "SELECT state, ended_at FROM payment_operations WHERE attempt_id = $1 AND kind = 'charge'",
    [about.attemptId],
  );
  assert.deepEqual(charge, { state: 'unknown', ended_at: null });
});

test('what can only be taken with the buyer at a screen is left to the browser', async () => {
  const [about, other] = [await fixture.pending(), await fixture.pending()];
  await tell(about, { meaning: 'declined', needsBuyer: true });
  await tell(other, { meaning: 'declined' });
  assert.deepEqual(
    [await column(about, 'payments.flow'), await column(other, 'payments.flow')],
    ['browser', 'direct'],
  );
});
