import { api, sandboxApi } from './api.ts';
import { type AppOptions, buildContext } from './build-context.ts';
import type { Context } from './context.ts';
import { createDatabaseClock } from './database/clock.ts';
import { createPool } from './database/connect.ts';
import { logEvents } from './database/event-log.ts';
import { explainDatabaseError } from './database/explain-database-error.ts';
import { createDatabase, type Transaction } from './database/transaction.ts';
import { jobs, schedules } from './jobs.ts';
import { journey } from './journey.ts';
import { createHttpServer, type HttpServer } from './kit/http/serve.ts';
import { createJourneyRunner } from './kit/journey-runner.ts';
import { runSchedules } from './kit/work-queue/run-schedules.ts';
import { runWorker } from './kit/work-queue/run-worker.ts';
import { enqueue } from './kit/work-queue/work-store.ts';
import { errorPage } from './operations/api/error-page.ts';
import { createNodePresence } from './operations/node-presence.ts';
import { createKeyRing } from './publishers/key-ring.ts';
import { serveOauth } from './publishers/oauth/serve-oauth.ts';
import { createTokenVerifier } from './publishers/verify-access-token.ts';
import { version } from './version.ts';

export type App = {
  context: Context;
  http: HttpServer;
  /** Listens and begins to work; answers the port. */
  start(): Promise<number>;
  /** Stops taking work, ends what runs, and closes every connection. */
  stop(): Promise<void>;
};

const pollMilliseconds = 500;
const graceMilliseconds = 20_000;

/** Builds one node from settings and secrets. Everything is made here, once; all state is in the database. */
export async function createApp(options: AppOptions): Promise<App> {
  const { settings, log, random = Math.random } = options;
  const onError = (error: unknown) => log.error({ error }, 'background work failed');
  const pool = createPool({ ...settings, connection: options.connection }, onError);
  const node: Node = { context: undefined, wake: () => {} };
  const report = journeyReporter(node);
  const database = createDatabase(pool, { preparedStatements: settings.preparedStatements, report, random });
  const clock = createDatabaseClock(database);
  await clock.measure();
  const presence = createNodePresence(database, options.secrets.sealing);
  const wakeWorker = () => node.wake();
  const context = await buildContext(options, { database, clock, presence, pool, random, wakeWorker });
  node.context = context;
  const http = await createHttp(context, options.limits);
  let work: { stop(): Promise<void> } | undefined;

  return {
    context,
    http,
    async start() {
      await presence.beat();
      if (options.runsJobs !== false) work = await startWork(context, node, onError);
      await http.app.listen({ port: settings.port, host: settings.host });
      const address = http.app.server.address();
      return typeof address === 'object' && address ? address.port : settings.port;
    },
    async stop() {
      context.readiness.isStopping = true;
      await http.app.close();
      await work?.stop();
      context.close();
      await presence.leave().catch(onError);
      await Promise.all([context.outbound.close(), context.provider.close()]);
      await database.close();
    },
  };
}

/** What is known only after the context is built, and needed by what the context is built from. */
type Node = { context: Context | undefined; wake(): void };

/** Steps and jobs follow from the journey's table; the runner knows how, not what. */
function journeyReporter(node: Node) {
  const run = createJourneyRunner(journey, {
    log: logEvents,
    async enqueue(transaction: Transaction, newJobs) {
      await enqueue(transaction, newJobs);
      transaction.afterCommit(() => node.wake());
    },
  });
  return (transaction: Transaction, events: Parameters<typeof run>[2]) => {
    if (!node.context) throw new Error('something happened before the node was built');
    return run(node.context, transaction, events);
  };
}

async function startWork(context: Context, node: Node, onError: (error: unknown) => void) {
  const { database, random } = context;
  const worker = runWorker({
    database,
    context,
    kinds: jobs,
    concurrency: 192,
    pollMilliseconds,
    random,
    onError,
  });
  node.wake = () => worker.wake();
  const inTransaction = (work: (transaction: Transaction) => Promise<void>) =>
    database.transaction('schedules', work);
  const scheduler = await runSchedules({ database, inTransaction, schedules, pollMilliseconds, onError });
  return {
    async stop() {
      scheduler.stop();
      await worker.stop(graceMilliseconds);
    },
  };
}

async function createHttp(context: Context, limits: AppOptions['limits']): Promise<HttpServer> {
  const { settings, database, secrets, publishers, clock, rateLimiter, log } = context;
  const keyRing = await createKeyRing({ database, secrets });
  const { publicUrl } = settings;
  const http = await createHttpServer({
    rows: settings.mode === 'sandbox' ? [...api, ...sandboxApi] : api,
    context,
    authenticate: createTokenVerifier({ publishers, keyRing, clock, publicUrl, mode: settings.mode }),
    explainError: explainDatabaseError,
    rateLimiter,
    log,
    docsBase: `${publicUrl}/docs`,
    publicUrl,
    trustedProxies: settings.trustedProxies,
    ...(limits && { limits }),
    aliases: { '/login': '/user' },
    tokenPaths: ['/l/', '/user/fulfillment/', '/capi/mcpay/back/'],
    errorPage,
    version,
  });
  serveOauth(http.app, http.gate, { ...context, keyRing });
  return http;
}
