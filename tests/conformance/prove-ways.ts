import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { captureCases } from './capture-cases.ts';
import { findBreaches } from './check-purchase.ts';
import { codeCases } from './code-cases.ts';
import type { Case } from './conformance-case.ts';
import { moneyCases } from './money-cases.ts';
import { networkCases } from './network-cases.ts';
import { noticeCases } from './notice-cases.ts';
import { outcomeCases } from './outcome-cases.ts';
import type { Purchase } from './purchase.ts';
import { raceCases } from './race-cases.ts';
import { type OwnStage, openStage, pass, settle } from './stage.ts';
import { listWays, type Way } from './ways.ts';

const cases = [
  ...outcomeCases,
  ...codeCases,
  ...noticeCases,
  ...networkCases,
  ...raceCases,
  ...moneyCases,
  ...captureCases,
];

/** The orders of one test file, whose books are compared again at the end, and the cases of each way. */
type Proof = { stage: OwnStage; bought: Purchase[]; ran: Map<string, number> };

const files = 4;

/**
 * Declares every case for each way of one part of the list: a file each, so that they run beside each other.
 * Words in `CONFORMANCE_ONLY` choose by the names of way and case.
 */
export function proveWays(part: 1 | 2 | 3 | 4): void {
  const all = listWays();
  const ways = all.filter((_way, index) => index % files === part - 1);
  const only = process.env['CONFORMANCE_ONLY'] ?? '';
  const casesOf = (way: Way) =>
    cases.filter((one) => one.isFor(way) && `${way.name}: ${one.name}`.includes(only));
  if (!ways.some((way) => casesOf(way).length > 0)) return;
  const proof: Partial<Proof> & Pick<Proof, 'bought' | 'ran'> = { bought: [], ran: new Map() };
  const opened = (): Proof => {
    if (!proof.stage) throw new Error('the fixture is not built');
    return { ...proof, stage: proof.stage };
  };
  before(async () => {
    proof.stage = await openStage();
  });
  after(() => proof.stage?.close());
  for (const way of ways) {
    describe(way.name, () => {
      for (const one of casesOf(way)) test(one.name, () => prove(opened(), one, way));
    });
  }
  test('two days later the books of every order still agree, and every charge is ours', async (t) => {
    await compareAgain(opened());
    for (const line of tableOf(opened())) t.diagnostic(line);
  });
}

async function prove({ stage, bought, ran }: Proof, one: Case, way: Way): Promise<void> {
  const place = one.isAlone === true ? await openStage() : stage;
  try {
    const made = [await one.run(place, way)].flat();
    if (place === stage) bought.push(...made);
    await place.control('DELETE', '/faults');
    await settle(place);
    const breaches = await Promise.all(made.map((purchase) => findBreaches(place, purchase)));
    assert.deepEqual([breaches.flat(), await violationsAt(place)], [[], []]);
    ran.set(way.name, (ran.get(way.name) ?? 0) + 1);
  } finally {
    await place.control('DELETE', '/faults');
    if (place !== stage) await place.close();
  }
}

async function compareAgain({ stage, bought }: Proof): Promise<void> {
  for (let hours = 0; hours < 48; hours += 8) await pass(stage, 8 * 3600);
  const breaches: string[] = [];
  for (const purchase of bought) breaches.push(...(await findBreaches(stage, purchase)));
  assert.deepEqual(breaches, []);
  const deadJobs = await stage.rows('SELECT name, key, last_error FROM dead_jobs');
  assert.deepEqual([deadJobs, await strayCharges(stage), await violationsAt(stage)], [[], [], []]);
}

function tableOf({ ran, bought }: Proof): string[] {
  const counts = [...ran.values()];
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [
    ...[...ran].map(
      ([name, count]) => `${name.padEnd(32)}${String(count).padStart(3)} of ${cases.length} cases`,
    ),
    `${'in all'.padEnd(32)}${String(total).padStart(3)} runs, ${bought.length} orders compared`,
  ];
}

async function violationsAt(stage: OwnStage): Promise<unknown[]> {
  return (await stage.control<{ violations: unknown[] }>('GET', '/violations')).violations;
}

async function strayCharges(stage: OwnStage): Promise<string[]> {
  const { charges } = await stage.control<{ charges: { reference: string }[] }>('GET', '/ledger');
  const known = await stage.rows<{ reference: string }>('SELECT reference FROM payment_attempts');
  const references = new Set(known.map((one) => one.reference));
  return charges.map((one) => one.reference).filter((one) => !references.has(one));
}
