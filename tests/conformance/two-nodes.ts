import { linkMobilitySmsDemo } from '@leveret/server/commands/demo-methods/link-mobility-sms.js';
import { createPool } from '@leveret/server/database/connect.js';
import { createDatabase } from '@leveret/server/database/transaction.js';
import { linkMobilitySms } from '@leveret/server/payments/methods/link-mobility-sms/method.js';
import { buildCluster } from '../builders/cluster.ts';
import { whenReady } from '../builders/node-process.ts';
import { until } from '../builders/until.ts';
import { bring, type Letterbox, openLetterbox } from './letterbox.ts';
import { lookAt, type Stage, sellPapers } from './stage.ts';

/** Two nodes on one database, and a letterbox where every notice waits to be brought to one of them. */
export type TwoNodes = Stage & { letterbox: Letterbox; complaints(): string[]; close(): Promise<void> };

export async function openTwoNodes(): Promise<TwoNodes> {
  const cluster = await buildCluster(2);
  const [first = '', second = ''] = cluster.addresses;
  const letterbox = await openLetterbox(() => first);
  const nodes = [0, 1].map((place) => cluster.start(place, { PUBLIC_URL: letterbox.url }));
  await Promise.all(nodes.map(whenReady));
  const connection = { connectionString: cluster.databaseUrl };
  const pool = createPool({ connection, poolSize: 4, preparedStatements: false }, () => {});
  const database = createDatabase(pool, {
    preparedStatements: false,
    report: async () => {},
    random: Math.random,
  });
  const rows: Stage['rows'] = async (text, values) =>
    (await pool.query({ text, values: [...(values ?? [])] })).rows;
  const stage = lookAt([first, second], cluster.sandbox.url, rows);
  await sellPapers(database);
  await moveLinkGate(stage, letterbox);
  // Registered by a job of its own; until then nobody would be told.
  await until('the webhooks to be registered', async () => {
    const [row] = await rows<{ left: number }>(
      "SELECT count(*) AS left FROM jobs WHERE name = 'register-notices'",
    );
    return row?.left === 0;
  });
  return {
    ...stage,
    letterbox,
    complaints: cluster.complaints,
    async close() {
      await database.close();
      await cluster.close();
      await letterbox.close();
    },
  };
}

/** Reports of LINK Mobility go to a gate of the account, which the nodes of a sandbox register themselves. */
async function moveLinkGate(stage: Stage, letterbox: Letterbox): Promise<void> {
  const credentials = { username: 'letters', password: 'a-password-of-the-letterbox' };
  const made = { token: 'unguessable'.repeat(3), ...credentials };
  const demo = linkMobilitySmsDemo({ sandboxUrl: stage.sandboxUrl, gateFor: () => made });
  const given = linkMobilitySms.settings.filter((one) => !one.isMade).map((one) => one.name);
  const settings = Object.fromEntries(given.map((name) => [name, demo[name]]));
  const path = '/capi/v1/client/payment-methods/link-mobility-sms/default';
  const saved = await (await stage.client()).put(path, { settings: { ...settings, gateId: 'letterbox' } });
  const { noticeUrl: url } = saved.body;
  if (saved.status !== 200 || typeof url !== 'string')
    throw new Error(`not saved: ${JSON.stringify(saved.body)}`);
  await stage.control('PUT', '/link/gates/letterbox', { url, ...credentials });
  if (!url.startsWith(letterbox.url)) throw new Error(`reports would go to ${url}`);
  const login = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  const headers = { authorization: `Basic ${login}`, 'content-type': 'application/json' };
  const letter = { path: new URL(url).pathname, method: 'POST', headers, body: '{}' };
  await until('both nodes to have read the new account', async () => {
    const answers = await Promise.all(stage.urls.map((node) => bring(node, letter)));
    return answers.every(({ status }) => status !== 401);
  });
}
