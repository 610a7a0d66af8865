import { parseArgs } from 'node:util';
import { connectionUrl } from '@leveret/server/database/embedded/connection-url.js';
import { startTemporaryPostgres } from '@leveret/server/database/embedded/start-temporary.js';
import { newSeed, randomFrom } from '../builders/random.ts';
import { openGround } from './ground.ts';
import { findTraces, tryRace } from './race.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(newSeed()) },
  },
});
const rounds = Number(values.rounds);
const random = randomFrom(Number(values.seed));
console.log(`seed ${values.seed}`);

const database = await startTemporaryPostgres(() => undefined);
const connectionString = connectionUrl(database.connection);
process.env['LEVERET_TEST_DATABASE'] = JSON.stringify({ connectionString });
const startedAt = Date.now();
const ground = await openGround();
let [acts, breaches] = [0, 0];
for (let round = 1; round <= rounds; round += 1) {
  const seed = round === 1 ? Number(values.seed) : random.between(1, 2 ** 31 - 1);
  const report = await tryRace(ground, seed);
  acts += report.acts;
  breaches += report.breaches.length;
  for (const breach of report.breaches) console.log(`  ${breach}`);
  if (report.breaches.length > 0) console.log(`again with: npm run races -- --rounds 1 --seed ${seed}`);
  if (round % 10 === 0) console.log(`${round} rounds, ${breaches} breaches, ${secondsSince(startedAt)} s`);
}
const traces = await findTraces(ground);
await ground.close();
await database.stop();
console.log(
  [
    `${'rounds, each on two nodes'.padEnd(44)}${rounds}`,
    `${'things that happened, 64 at once'.padEnd(44)}${acts}`,
    `${'took'.padEnd(44)}${secondsSince(startedAt)} s`,
    `${'breaches'.padEnd(44)}${breaches}`,
    `${'deadlocks, dead jobs and complaints'.padEnd(44)}${traces.length}`,
    ...traces.slice(0, 100),
  ].join('\n'),
);
process.exitCode = breaches + traces.length > 0 ? 1 : 0;

function secondsSince(at: number): number {
  return Math.round((Date.now() - at) / 1000);
}
