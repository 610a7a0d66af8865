import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { accountTransitions } from '../accounts/account.ts';
import { deliveryTransitions } from '../callbacks/callback.ts';
import { messageTransitions } from '../messages/message.ts';
import { orderTransitions } from '../orders/order.ts';
import { attemptTransitions, operationTransitions } from '../payments/payment.ts';
import { createTestDatabase } from '../testing/database.ts';
import { withdrawalTransitions } from '../withdrawals/withdrawal.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;

before(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
});
after(async () => {
  await client.end();
  await database.drop();
});

type Table = Readonly<Record<string, readonly string[]>>;

/** A table by action says the same as one by state. */
function targetsOf(byAction: Readonly<Record<string, Readonly<Record<string, string>>>>): Table {
  return Object.fromEntries(
    Object.entries(byAction).map(([from, actions]) => [from, [...new Set(Object.values(actions))]]),
  );
}

const machines: { table: string; states: Table; first: string }[] = [
  { table: 'orders', states: targetsOf(orderTransitions), first: 'registered' },
  { table: 'payment_attempts', states: attemptTransitions, first: 'created' },
  { table: 'payment_operations', states: operationTransitions, first: 'created' },
  { table: 'accounts', states: accountTransitions, first: 'pending' },
  { table: 'messages', states: messageTransitions, first: 'waiting' },
  { table: 'withdrawals', states: withdrawalTransitions, first: 'to_check' },
  { table: 'deliveries', states: targetsOf(deliveryTransitions), first: 'waiting' },
];

for (const { table, states, first } of machines) {
  test(`${table}: the trigger knows the same edges as the code`, async () => {
    const wanted = Object.entries(states).flatMap(([from, targets]) => targets.map((to) => `${from}>${to}`));
    assert.deepEqual((await edgesOf(table)).sort(), wanted.sort());
  });

  test(`${table}: the check knows the same states as the code`, async () => {
    const known = await checkedStates(table);
    assert.deepEqual(known.sort(), Object.keys(states).sort());
  });

  test(`${table}: every state can be reached`, () => {
    const reached = new Set([first]);
    for (const state of reached) for (const next of states[state] ?? []) reached.add(next);
    assert.deepEqual([...reached].sort(), Object.keys(states).sort());
  });
}

async function edgesOf(table: string): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger
     WHERE tgrelid = $1::regclass AND tgfoid = 'refuse_other_moves'::regproc`,
    [table],
  );
  return [...(rows[0]?.definition.matchAll(/'(\w+>\w+)'/g) ?? [])].flatMap((match) => match[1] ?? []);
}

async function checkedStates(table: string): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = $1::regclass AND conname = $2`,
    [table, `${table}_state_check`],
  );
  return [...(rows[0]?.definition.matchAll(/'(\w+)'/g) ?? [])].flatMap((match) => match[1] ?? []);
}
