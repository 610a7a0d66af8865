import { startSandbox } from '@leveret/sandbox/start-sandbox.js';
import { openDatabaseProxy } from '../builders/database-proxy.ts';
import { freePort } from '../builders/free-port.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { startNode, whenReady } from '../builders/node-process.ts';
import { until } from '../builders/until.ts';
import { openBooks } from '../oracle/read-books.ts';
import { findPostgresFolder, requireFound } from '../stock/find-programs.ts';
import { makePostgres, makeStandby, type StockPostgres } from '../stock/start-postgres.ts';
import { placeOrders } from './place-orders.ts';

// Two nodes on a primary with a synchronous standby. Under load the primary is killed and the standby
// promoted; the way to the database is led to the new primary, and the nodes go on by themselves.

const ordersBefore = 400;
const ordersAfter = 400;
const callbackPath = '/publisher/callback/failover';

const programs = requireFound(findPostgresFolder(), 'postgresql-15');
const primary = await makePostgres(programs);
const standby = await makeStandby(programs, primary);
const urlOf = ({ port }: StockPostgres) => `postgresql://leveret@127.0.0.1:${port}/leveret`;
await primary.run('CREATE DATABASE leveret OWNER leveret');
await primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'");
await primary.run('SELECT pg_reload_conf()');
await until('the standby to be synchronous', async () => {
  const rows = await primary.run("SELECT FROM pg_stat_replication WHERE sync_state = 'sync'");
  return rows.length > 0;
});

const proxy = await openDatabaseProxy(urlOf(primary));
const ports = [await freePort(), await freePort()];
const publicUrl = `http://localhost:${ports[0]}`;
const sandbox = await startSandbox({ port: 0, smtpPort: 0, serverUrl: publicUrl, realTime: true });
const nodes = ports.map((port) => startNode({ port, publicUrl, databaseUrl: proxy.url, sandbox }));
await Promise.all(nodes.map(whenReady));

const urls = nodes.map(({ url }) => url);
const load = await placeOrders(urls, `${sandbox.url}${callbackPath}`);
const count = () => load.acknowledged.length;
await until('orders', async () => count() >= ordersBefore, 120_000);

const killedAt = Date.now();
await primary.kill();
const before = count();
await proxy.set('refused');
await standby.run('SELECT pg_promote()');
const promotedAt = Date.now();
proxy.leadTo(urlOf(standby));
await proxy.set('open');

await until('orders after the fail-over', async () => count() >= before + ordersAfter, 120_000);
await load.stop();
const first = load.acknowledged.find(({ at }) => at > promotedAt)?.at ?? Number.NaN;
const ids = load.acknowledged.map(({ orderId }) => orderId);
const told = async () => {
  const seen = await callbacksAt({ sandboxUrl: sandbox.url }, callbackPath);
  return new Set(seen.map(({ query }) => Number(query['order'])));
};
const isNotified = async () => {
  const seen = await told();
  return ids.every((id) => seen.has(id));
};
await until('the site to be told', isNotified, 120_000, 250).catch(() => undefined);
const seen = await told();
const unnotified = ids.filter((id) => !seen.has(id)).length;

const books = openBooks(urlOf(standby));
const { rows } = await books.query<{ order_id: number }>(
  "SELECT order_id FROM orders WHERE state = 'completed'",
);
await books.end();
const kept = new Set(rows.map(({ order_id }) => order_id));
const lost = ids.filter((id) => !kept.has(id)).length;
const ready = (await Promise.all(nodes.map((node) => node.isReady()))).filter((isReady) => isReady).length;

const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
const statuses = [...load.statuses].sort(([one], [other]) => one - other);
const lines: [string, string | number][] = [
  ['acknowledged', `${ids.length}, ${before} of them before the kill`],
  ['lost', lost],
  ['not told to the site', unnotified],
  ['statuses', statuses.map(([status, times]) => `${status || 'none'}: ${times}`).join(', ')],
  ['from the kill to the promotion', seconds(killedAt, promotedAt)],
  ['from the promotion to the first order', seconds(promotedAt, first)],
  ['from the kill to the first order', seconds(killedAt, first)],
  ['nodes that are ready', `${ready} of ${nodes.length}`],
];
console.log(lines.map(([what, figure]) => `${what.padEnd(40)}${figure}`).join('\n'));
const isWrong = lost > 0 || unnotified > 0 || ready < nodes.length || load.statuses.has(500);
process.exitCode = isWrong ? 1 : 0;

await Promise.all(nodes.map((node) => node.stop()));
await sandbox.close();
await proxy.close();
await standby.stop();
await primary.stop();
