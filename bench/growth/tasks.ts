import { api } from '@leveret/server/api.js';
import { verbs } from '@leveret/server/commands/verbs.js';
import { jobs } from '@leveret/server/jobs.js';
import { demoClientId, demoClientSecret } from '@leveret/server/publishers/demo-client.js';
import { readerToken } from '@leveret/server/testing/reader-token.js';
import { commands, runCommand } from './commands.ts';
import type { Prunable, Stage } from './question.ts';
import { questions } from './questions.ts';

/** One thing that is timed: asked of a small and of a large database, it must cost about the same. */
export type Task = {
  name: string;
  /** Makes ready what is not timed, and answers what is; that answers a word on how it went. */
  prepare(stage: Stage): Promise<() => Promise<string>>;
};

/**
 * Every endpoint of `api.ts` with its filters, every command, and every job of `jobs.ts`. Prunes come last,
 * as rows are added for them.
 */
export function listTasks(): Task[] {
  const names = Object.keys(jobs).sort((one, other) => Number(one in prunable) - Number(other in prunable));
  return [...api.flatMap(tasksOfRow), ...verbs.flatMap(tasksOfVerb), ...names.map(taskOfJob)];
}

type ApiRow = (typeof api)[number];

function tasksOfRow(row: ApiRow): Task[] {
  const line = `${row.method} ${row.path}`;
  const asked = questions[line];
  if (asked === undefined) throw new Error(`there is no question for ${line}; add it to questions.ts`);
  return [asked].flat().map((question) => taskOfQuestion(row, question));
}

type Question = Exclude<(typeof questions)[string], readonly unknown[] | undefined>;

function taskOfQuestion(row: ApiRow, question: Question): Task {
  const task: Task = {
    name: `${row.method} ${row.path}`,
    async prepare(stage) {
      const call = await question(stage);
      const url = `${call.path ?? row.path}${call.query === undefined ? '' : `?${call.query}`}`;
      if (call.query !== undefined) task.name = `${row.method} ${row.path}?${call.query}`;
      if (call.of !== undefined) task.name = `${row.method} ${row.path} (${call.of})`;
      return async () => send(stage, row, url, call);
    },
  };
  return task;
}

async function send(
  stage: Stage,
  row: ApiRow,
  url: string,
  call: { body?: object; form?: string },
): Promise<string> {
  const isForm = call.form !== undefined;
  const hasToken = row.who === 'client' || row.who === 'user';
  const token = hasToken ? { authorization: `Bearer ${await tokenOf(stage, row.who)}` } : {};
  const reply = await stage.node.app.http.app.inject({
    method: row.method,
    url,
    headers: {
      ...token,
      ...(isForm && {
        'content-type': 'application/x-www-form-urlencoded',
        origin: stage.node.context.settings.publicUrl,
      }),
    },
    ...(isForm ? { payload: call.form ?? '' } : call.body && { payload: call.body }),
  });
  return String(reply.statusCode);
}

type Tokens = { client?: Promise<string>; user?: Promise<string> };
const tokens = new Map<Stage['node'], Tokens>();

function tokenOf({ node, seeds }: Stage, who: 'client' | 'user'): Promise<string> {
  const known = tokens.get(node) ?? {};
  tokens.set(node, known);
  if (who === 'client') return (known.client ??= fetchToken(node));
  const site = { clientId: demoClientId, secret: demoClientSecret, redirectUri: 'http://localhost:3000/' };
  return (known.user ??= readerToken(node.app, site, seeds.reader.email));
}

async function fetchToken(node: Stage['node']): Promise<string> {
  const reply = await node.app.http.app.inject({
    method: 'POST',
    url: '/user/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant_type=client_credentials&client_id=${demoClientId}&client_secret=${demoClientSecret}`,
  });
  return String(reply.json<Record<string, unknown>>()['access_token']);
}

/** The payments that some jobs are about; others are asked about a charge by SMS. */
const subjects: Readonly<Record<string, keyof Stage['seeds']['paid']>> = {
  'acknowledge-payment': 'kco',
  'ask-agreement': 'vippsRecurring',
  'resolve-attempt': 'creditcardPayex',
  'run-operation': 'creditcardPayex',
  'stop-agreement': 'vippsRecurring',
};

/** A run of these looks at one batch, and each must find a full one. */
const prunable: Readonly<Record<string, Prunable>> = {
  'prune-messages': 'of ended orders',
  'prune-login-links': 'of ended orders',
  'prune-deliveries': 'of ended orders',
  'prune-completions': 'of ended orders',
  'prune-unpaid-orders': 'stopped orders',
  'prune-stopped-buyers': 'stopped orders',
  'prune-page-payments': 'payments on pages',
};

/** Its arguments are all that jobs are given, about an order that ended: each takes what it knows. */
function taskOfJob(name: string): Task {
  return {
    name: `job ${name}`,
    async prepare({ node, seeds, addPrunable }) {
      const kind = jobs[name];
      const old = prunable[name];
      if (old !== undefined) await addPrunable?.(old);
      if (!kind) throw new Error(`there is no job ${name}`);
      const given = { ...(await findSubject(node, seeds.paid[subjects[name] ?? 'sms'])) };
      const job = { jobId: 0, name, lane: 'bench', arguments: given, failures: 0, isHeld: async () => true };
      return async () => (await kind.run(node.context, job)).kind;
    },
  };
}

async function findSubject(node: Stage['node'], orderId: number): Promise<object> {
  const [ids] = await node.rows<object>(
    `SELECT order_id AS "orderId", publisher_id AS "publisherId", adapter, '' AS "merchantId",
       attempt_id AS "attemptId", 'link-mobility-sms' AS account, '' AS sealed,
       (SELECT min(agreement_id) FROM payment_agreements agreements
        WHERE agreements.order_id = $1) AS "agreementId",
       (SELECT min(operation_id) FROM payment_operations operations
        WHERE operations.attempt_id = attempts.attempt_id) AS "operationId",
       (SELECT min(delivery_id) FROM deliveries WHERE deliveries.order_id = $1) AS "deliveryId",
       (SELECT min(message_id) FROM messages WHERE messages.order_id = $1) AS "messageId"
     FROM payment_attempts attempts WHERE order_id = $1`,
    [orderId],
  );
  return ids ?? {};
}

function tasksOfVerb({ name }: (typeof verbs)[number]): Task[] {
  const typed = commands[name];
  if (typed === undefined) throw new Error(`there is nothing to type for ${name}; add it to commands.ts`);
  if ('notTimed' in typed) return [];
  const run = async (stage: Stage) =>
    'work' in typed ? typed.work(stage) : runCommand(stage, [...name.split(' '), ...typed.words(stage)]);
  return [{ name: `leveret ${name}`, prepare: async (stage) => () => run(stage) }];
}
