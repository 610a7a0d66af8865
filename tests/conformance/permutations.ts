import { parseArgs } from 'node:util';
import { connectionUrl } from '@leveret/server/database/embedded/connection-url.js';
import { startTemporaryPostgres } from '@leveret/server/database/embedded/start-temporary.js';
import { newSeed } from '../builders/random.ts';
import { permute } from './permute.ts';
import { openTwoNodes } from './two-nodes.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(newSeed()) },
    'at-once': { type: 'string', default: '256' },
  },
});
const options = {
  permutations: Number(values.count),
  seed: Number(values.seed),
  atOnce: Number(values['at-once']),
};
console.log(`seed ${options.seed}`);

const database = await startTemporaryPostgres(() => undefined);
process.env['LEVERET_TEST_DATABASE'] = JSON.stringify({
  connectionString: connectionUrl(database.connection),
});
const startedAt = Date.now();
const nodes = await openTwoNodes();
const report = await permute(nodes, {
  ...options,
  onBatch: (done) => console.log(`${done} orders, ${Math.round((Date.now() - startedAt) / 1000)} s`),
});
const problems = [...report.differences, ...nodes.complaints()];
await nodes.close();
await database.stop();
console.log(
  [
    `${'orders, each told in an order of its own'.padEnd(44)}${report.permutations}`,
    `${'notices brought'.padEnd(44)}${report.notices}`,
    `${'buyers who came back'.padEnd(44)}${report.polls}`,
    `${'took'.padEnd(44)}${Math.round((Date.now() - startedAt) / 1000)} s`,
    `${'ends that differ'.padEnd(44)}${problems.length}`,
    ...problems.slice(0, 100),
  ].join('\n'),
);
if (problems.length > 0) console.log(`again with: --count ${values.count} --seed ${options.seed}`);
process.exitCode = problems.length > 0 ? 1 : 0;
