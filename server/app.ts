import { createReaders } from './accounts/find-readers.ts';
import { api, sandboxApi } from './api.ts';
import { type AppOptions, buildContext } from './build-context.ts';
import { recordEvents } from './callbacks/record-events.ts';
import type { Context } from './context.ts';
import { createDatabaseClock } from './database/clock.ts';
import { explainDatabaseError } from './database/explain-database-error.ts';
import { openDatabases } from './database/open-databases.ts';
import type { Database, Transaction } from './database/transaction.ts';
import { jobs, schedules } from './jobs.ts';
import { journey } from './journey.ts';
import { createHttpServer, type HttpServer } from './kit/http/serve.ts';
import { createJourneyRunner } from './kit/journey-runner.ts';
import { runSchedules } from './kit/work-queue/run-schedules.ts';
import { runWorker } from './kit/work-queue/run-worker.ts';
import { enqueue } from './kit/work-queue/work-store.ts';
import { createErrorPage } from './operations/api/error-page.ts';
import { createNodePresence } from './operations/node-presence.ts';
import { serveOauth } from './publishers/oauth/serve-oauth.ts';
import { createReaderVerifier, createTokenVerifier } from './publishers/verify-access-token.ts';
import { version } from './version.ts';

export type App = {
  /** What requests use. */
  context: Context;
  /** What background work uses in place of the context's own. */
  workDatabase: Database;
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
  const node: Node = { context: undefined, wake: () => {} };
  const report = journeyReporter(node);
  const connection = { ...settings, connection: options.connection };
  const databases = openDatabases(connection, { report, random, onError });
  const clock = createDatabaseClock(databases.requests);
  await clock.measure();
  const presence = createNodePresence(databases.work, options.secrets.sealing);
  const wakeWorker = () => node.wake();
  const context = await buildContext(options, { databases, clock, presence, random, wakeWorker });
  const workContext = { ...context, database: databases.work };
  node.context = context;
  const http = await createHttp(context, options.limits);
  let work: { stop(): Promise<void> } | undefined;

  return {
    context,
    workDatabase: databases.work,
    http,
    async start() {
      await presence.beat();
      if (options.runsJobs !== false) work = await startWork(workContext, node, onError);
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
      await databases.close();
    },
  };
}

/** What is known only after the context is built, and needed by what the context is built from. */
type Node = { context: Context | undefined; wake(): void };

/** Steps and jobs follow from the journey's table; the runner knows how, not what. */
function journeyReporter(node: Node) {
  const run = createJourneyRunner(journey, {
    log: recordEvents,
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

/**
 * Sites of three ages send readers to the same pages: below `/user`, below `/login`, and below nothing; and
 * `order` is what `fulfillment` was called before. A page may name our one payment script by an exact
 * version, or as that of developers. The first that fits counts.
 */
const pageAliases = {
  '/user/order': '/user/fulfillment',
  '/login/order': '/user/fulfillment',
  '/order': '/user/fulfillment',
  '/mcpay/lib/public/': '/mcpay/lib/v/',
  '/mcpay/lib/beta/': '/mcpay/lib/v/1/',
  '/login/': '/user/',
  '/login': '/user/login',
  '/createUser': '/user/createUser',
  '/register': '/user/register',
  '/logout': '/user/logout',
  '/loginCheck': '/user/loginCheck',
  '/fulfillment': '/user/fulfillment',
  '/oauth': '/user/oauth',
};

async function createHttp(context: Context, limits: AppOptions['limits']): Promise<HttpServer> {
  const { settings, database, publishers, keyRing, clock, rateLimiter, log } = context;
  const readers = createReaders({ database });
  const { publicUrl } = settings;
  const tokens = { publishers, keyRing, clock, publicUrl, mode: settings.mode };
  const verifyClient = createTokenVerifier(tokens);
  const verifyReader = createReaderVerifier({ ...tokens, readers });
  const http = await createHttpServer({
    rows: settings.mode === 'sandbox' ? [...api, ...sandboxApi] : api,
    context,
    contextFor: (given, origin) => ({ ...given, database: given.database.startedBy(origin) }),
    authenticate: verifyClient,
    authenticateUser: async (token) => (await verifyReader(token)).user,
    explainError: explainDatabaseError,
    rateLimiter,
    log,
    docsBase: `${publicUrl}/docs`,
    publicUrl,
    trustedProxies: settings.trustedProxies,
    ...(limits && { limits }),
    aliases: pageAliases,
    tokenPaths: ['/l/', '/user/fulfillment/', '/capi/mcpay/back/'],
    errorPage: createErrorPage(publishers),
    version,
  });
  serveOauth(http.app, http.admission, { ...context, readers, verifyReader, verifyClient });
  return http;
}
