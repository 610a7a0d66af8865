import { randomUUID } from 'node:crypto';
import { createApp } from '../app.ts';
import { chargeCredentials, seedSandbox } from '../commands/seed-sandbox.ts';
import { readEnvironment } from '../config/env.ts';
import { deriveSecrets } from '../config/secrets.ts';
import type { Context } from '../context.ts';
import { advanceClock } from '../database/clock.ts';
import { sql } from '../database/statement.ts';
import { jobs } from '../jobs.ts';
import { createLog } from '../kit/log.ts';
import { findDueLanes } from '../kit/work-queue/find-due-lanes.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { claim, end, hold } from '../kit/work-queue/work-store.ts';
import { demoClientId, demoClientSecret } from '../publishers/demo-client.ts';
import type { Client } from '../publishers/publisher.ts';
import { createTestDatabase, testDatabaseVariables } from './database.ts';
import { testLimits } from './limits.ts';
import { openTestLink } from './link-mobility.ts';

export type TestReply = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> };
export type TestNode = Awaited<ReturnType<typeof openTestNode>>;

/**
 * One whole node over a real database, with the demo publisher and a gateway that does as told. Jobs run
 * only when asked for, one after another, so that a test sees every step.
 */
export async function openTestNode() {
  const [test, link] = await Promise.all([createTestDatabase(), openTestLink()]);
  const ports = { SANDBOX_PORT: String(link.port), PORT: '0' };
  const variables = { ...ports, LOG_LEVEL: 'silent', ...testDatabaseVariables() };
  const { settings, passwords } = readEnvironment(variables, '/', false);
  const secrets = deriveSecrets(Buffer.alloc(32, 3), { ...passwords, linkSmsPassword: 'link-demo-password' });
  const made = { settings, secrets, log: createLog({ level: 'silent' }), limits: testLimits };
  const app = await createApp({ ...made, runsJobs: false, connection: test.connection });
  const { context } = app;
  await seedSandbox(context);
  const client = await findDemoClient(context);
  const rows = <Row extends object>(text: string, values: unknown[] = []) =>
    context.database.query<Row>(sql(`test ${text}`, text), values);
  let token: string | undefined;

  type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  async function call(method: Method, url: string, body?: object | null, headers = {}): Promise<TestReply> {
    token ??= await fetchToken(app);
    const reply = await app.http.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body && { payload: body }),
    });
    return { status: reply.statusCode, body: reply.json(), headers: reply.headers };
  }

  return {
    app,
    context,
    client,
    link,
    rows,
    databaseUrl: test.connectionString,
    get: (url: string) => call('GET', url),
    /** Without a body where it is null. */
    post: (url: string, body: object | null = {}, headers: Record<string, string> = {}) =>
      call('POST', url, body, headers),
    put: (url: string, body: object) => call('PUT', url, body),
    patch: (url: string, body: object) => call('PATCH', url, body),
    delete: (url: string) => call('DELETE', url),
    /** Sends a delivery report of a charge, as the gateway does; answers the status. */
    report: (
      refId: string,
      resultCode: unknown,
      changes: { authorization?: string; token?: string } = {},
    ) => {
      const credentials = { ...chargeCredentials(context), ...changes, path: 'link-mobility-sms' };
      return sendReport(app, credentials, { refId, id: 'link-1', resultCode });
    },
    /** Sends a delivery report of a message. */
    reportMessage: (refId: string, resultCode: unknown) => {
      const credentials = { ...context.messageCredentials, path: 'link-mobility-messages' };
      return sendReport(app, credentials, { refId, id: 'link-1', resultCode });
    },
    /** Runs the jobs that are due, and those that follow, until none is due any more. */
    runJobs: () => runDueJobs(app),
    /** Moves the clock; a token may have expired by then. */
    async advance(seconds: number): Promise<void> {
      await advanceClock(context.database, seconds * 1000);
      await Promise.all([context.clock.measure(), context.publishers.refresh()]);
      token = undefined;
    },
    async close() {
      await app.stop();
      await Promise.all([test.drop(), link.close()]);
    },
  };
}

async function findDemoClient(context: Context): Promise<Client> {
  const client = await context.publishers.findClient(demoClientId);
  if (!client) throw new Error('the demo client is missing');
  return client;
}

type TestApp = Awaited<ReturnType<typeof createApp>>;

async function fetchToken(app: TestApp): Promise<string> {
  const reply = await app.http.app.inject({
    method: 'POST',
    url: '/user/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant_type=client_credentials&client_id=${demoClientId}&client_secret=${demoClientSecret}`,
  });
  return String(reply.json<Record<string, unknown>>()['access_token']);
}

type ReportAddress = {
  path: string;
  token: string;
  username: string;
  password: string;
  authorization?: string;
};

async function sendReport(app: TestApp, credentials: ReportAddress, report: object): Promise<number> {
  const basic = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  const reply = await app.http.app.inject({
    method: 'POST',
    url: `/capi/notices/${credentials.path}/${credentials.token}`,
    headers: { authorization: credentials.authorization ?? basic },
    payload: report,
  });
  return reply.statusCode;
}

async function runDueJobs({ context }: TestApp): Promise<{ name: string; result: JobResult }[]> {
  const runs: { name: string; result: JobResult }[] = [];
  for (;;) {
    const { lanes } = await findDueLanes(context.database, new Map());
    const claimed = await claim(
      context.database,
      lanes.map((lane) => ({ lane, room: 100, leaseSeconds: 60 })),
    );
    if (claimed.length === 0) return runs;
    for (const job of claimed) {
      const kind = jobs[job.name];
      if (!kind) throw new Error(`there is no job ${job.name}`);
      const isHeld = async () => (await hold(context.database, [{ job, leaseSeconds: 60 }]))[0] === true;
      const { job_id: jobId, name, lane, failures } = job;
      const result = await kind.run(context, {
        jobId,
        name,
        lane,
        failures,
        arguments: job.arguments,
        isHeld,
      });
      runs.push({ name, result });
      const planned = kind.retryAfterSeconds[failures];
      const afterSeconds = result.kind === 'later' ? (result.afterSeconds ?? planned) : undefined;
      await end(context.database, [
        {
          job,
          isFailure: result.kind === 'give up' || (result.kind === 'later' && (result.isFailure ?? true)),
          ...(result.kind !== 'done' && { reason: result.reason }),
          ...(afterSeconds !== undefined && { afterSeconds }),
        },
      ]);
    }
  }
}

/** An order of the guide, paid by the phone bill of `mobile`. */
export function smsOrder(mobile = '+4790000001', changes: object = {}): object {
  return {
    paymentMethod: 'sms',
    payer: { lastName: 'Nordmann', phoneNumbers: [mobile] },
    orderLines: [
      { productSpecType: 'product', product: 'GUIDE', allowAccessProduct: 'GUIDE', allowAccessSeconds: 3600 },
    ],
    ...changes,
  };
}

/** An order that was paid elsewhere. */
export function prepaidOrder(changes: object = {}): object {
  return {
    ...smsOrder(),
    paymentMethod: 'other',
    prepaid: true,
    paymentInfoOther: { transactionId: randomUUID(), amount: 149, currency: 'NOK' },
    ...changes,
  };
}

export async function register(node: TestNode, order: object): Promise<number> {
  const reply = await node.post('/capi/v1/client/order', order);
  if (reply.status !== 200) throw new Error(`not registered: ${JSON.stringify(reply.body)}`);
  return Number(reply.body['orderId']);
}

export function complete(node: TestNode, orderId: number, options: object = {}): Promise<TestReply> {
  return node.post('/capi/v1/client/order/fulfillment', { orderId, ...options });
}
