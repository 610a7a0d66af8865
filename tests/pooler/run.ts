import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findPostgresFolder, findProgram, requireFound } from '../stock/find-programs.ts';
import { startPooler } from '../stock/start-pooler.ts';
import { makePostgres } from '../stock/start-postgres.ts';
import { checkRoads } from './check-roads.ts';

/** Start, journeys, the same adapters under every fault, and nodes that are killed under load. */
const chosen = ['tests/journeys', 'tests/conformance', 'tests/crashes/crashes'];

const packages = 'postgresql-15 pgbouncer';
const programs = requireFound(findPostgresFolder(), packages);
const bouncer = requireFound(findProgram('pgbouncer'), packages);
const server = await makePostgres(programs);
const pooler = await startPooler(bouncer, server.port);
const at = (port: number) => `postgresql://leveret@127.0.0.1:${port}/postgres`;
const database = { connectionString: at(server.port), pooler: at(pooler.port) };
const words = process.argv.length > 2 ? process.argv.slice(2) : chosen;
const runner = fileURLToPath(new URL('../../run.mjs', import.meta.url));
try {
  const faults = await checkRoads(server, bouncer);
  for (const fault of faults) console.error(fault);
  console.log(`limits of transactions on every road: ${faults.length === 0 ? 'hold' : 'DO NOT HOLD'}`);
  const child = spawn(process.execPath, [runner, ...words], {
    env: { ...process.env, LEVERET_TEST_DATABASE: JSON.stringify(database) },
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = faults.length > 0 ? 1 : (code ?? 1);
} finally {
  await pooler.stop();
  await server.stop();
}
