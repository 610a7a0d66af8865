import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Pending } from '../../testing/evidence.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { applyEvidence } from './apply-evidence.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

/** The provider's id, its deadline, what a person should see, and where the buyer goes. */
type Told = 'id' | 'deadline' | 'attention' | 'step';
const parts: readonly Told[] = ['id', 'deadline', 'attention', 'step'];
type Values = { id: string; deadline: Date; attention: 'disputed' | 'action required'; step: string };
const known: Values = {
  id: 'known',
  deadline: new Date(Date.UTC(2098, 0)),
  attention: 'disputed',
  step: 'https://provider.example/known',
};
const told: Values = {
  id: 'told',
  deadline: new Date(Date.UTC(2099, 0)),
  attention: 'action required',
  step: 'https://provider.example/told',
};

async function know({ attemptId }: Pending, { id, deadline, attention, step }: Values): Promise<void> {
  await node.rows(
    `UPDATE payment_attempts SET provider_id = $2, capture_before = $3, attention = $4, buyer_step = $5
     WHERE attempt_id = $1 RETURNING 1 AS one`,
    [attemptId, id, deadline, attention, JSON.stringify({ to: 'address', url: step })],
  );
}

async function read({ attemptId }: Pending) {
  const [row] = await node.rows<Record<Told, string | Date | null> & { place: string }>(
    `SELECT provider_id AS id, capture_before AS deadline, attention, buyer_step ->> 'url' AS step,
       ctid::text AS place
     FROM payment_attempts WHERE attempt_id = $1`,
    [attemptId],
  );
  assert.ok(row);
  const { place, ...values } = row;
  return { place, values };
}

function tell(
  { publisherId, attemptId }: Pending,
  meaning: 'pending' | 'declined',
  { id, deadline, attention, step }: Partial<Values>,
): Promise<unknown> {
  const evidence = {
    meaning,
    ...(id !== undefined && { providerId: id }),
    ...(deadline && { captureBefore: deadline }),
    ...(attention && { attention }),
    raw: '',
  };
  const buyerStep = step === undefined ? {} : { buyerStep: { to: 'address', url: step } as const };
  const received = { publisherId, attemptId, source: 'answer', evidence, ...buyerStep } as const;
  return node.context.database.transaction('test', (transaction) =>
    applyEvidence(node.context, transaction, received),
  );
}

type Case = {
  name: string;
  state: 'pending' | 'declined';
  meaning: 'pending' | 'declined';
  isKnown?: boolean;
  told: readonly Told[];
  /** Which parts stand as they were told; the others stand as they were. */
  kept: readonly Told[];
};

const inPlace = { state: 'pending', meaning: 'pending' } as const;
const ended = { state: 'declined', meaning: 'pending' } as const;
const moving = { state: 'pending', meaning: 'declined' } as const;
const cases: Case[] = [
  { name: 'nothing is told of what is open', ...inPlace, isKnown: true, told: [], kept: [] },
  ...parts.map((part) => ({ name: `first ${part}`, ...inPlace, told: [part], kept: [part] })),
  {
    name: 'the id of a session is that of the payment, whatever came before',
    ...{ ...inPlace, isKnown: true, told: parts, kept: parts },
  },
  {
    name: 'without a session, the first id stays',
    ...{ ...inPlace, isKnown: true, told: ['id', 'deadline', 'attention'], kept: ['deadline', 'attention'] },
  },
  {
    name: 'a session without an id',
    ...{ ...inPlace, isKnown: true, told: ['step'], kept: ['step'] },
  },
  {
    name: 'nobody is sent to pay what has ended',
    ...{ ...ended, told: parts, kept: ['id', 'deadline', 'attention'] },
  },
  {
    name: 'what has ended keeps its id and where its buyer went',
    ...{ ...ended, isKnown: true, told: parts, kept: ['deadline', 'attention'] },
  },
  { name: 'a step is told of what has ended', ...ended, told: ['step'], kept: [] },
  { name: 'a move with nothing beside', ...moving, isKnown: true, told: [], kept: [] },
  { name: 'a move with all beside', ...moving, told: parts, kept: parts },
  { name: 'a move that tells all anew', ...moving, isKnown: true, told: parts, kept: parts },
];

const valuesOf = (values: Values, chosen: readonly Told[]) =>
  Object.fromEntries(chosen.map((part) => [part, values[part]])) as Partial<Values>;
const nothing = { id: null, deadline: null, attention: null, step: null };

for (const { name, state, meaning, isKnown = false, ...about } of cases) {
  test(`what evidence tells beside its meaning, ${name}: ${about.kept.join(', ') || 'nothing'} new`, async () => {
    const [attempt, other] = [await fixture.pending(), await fixture.pending()];
    await node.rows('UPDATE payment_attempts SET state = $2 WHERE attempt_id = $1 RETURNING 1 AS one', [
      attempt.attemptId,
      state,
    ]);
    if (isKnown) await know(attempt, known);
    const former = await read(attempt);
    const untouched = await read(other);
    await tell(attempt, meaning, valuesOf(told, about.told));
    const expected = { ...(isKnown ? known : nothing), ...valuesOf(told, about.kept) };
    const now = await read(attempt);
    assert.deepEqual(now.values, expected);
    // A row is written where something is new, and only then.
    assert.equal(now.place === former.place, about.kept.length === 0 && meaning === 'pending');
    assert.deepEqual(await read(other), untouched);
  });
}

test('what is known already is not written again', async () => {
  const attempt = await fixture.pending();
  await know(attempt, known);
  const former = await read(attempt);
  await tell(attempt, 'pending', valuesOf(known, ['id', 'deadline', 'attention']));
  assert.deepEqual(await read(attempt), former);
});

test('that nobody can tell is noted when it is told, and by no other move', async () => {
  const attempt = await fixture.pending();
  await tell(attempt, 'declined', {});
  const rows = await node.rows('SELECT unresolvable_at FROM payment_attempts WHERE attempt_id = $1', [
    attempt.attemptId,
  ]);
  assert.deepEqual(rows, [{ unresolvable_at: null }]);
});
