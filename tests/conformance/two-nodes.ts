import { createPool } from '@leveret/server/database/connect.js';
import { createDatabase } from '@leveret/server/database/transaction.js';
import { linkMobilitySmsDemo } from '@leveret/server/payments/methods/link-mobility-sms/demo.js';
import { linkMobilitySms } from '@leveret/server/payments/methods/link-mobility-sms/method.js';
import { buildCluster } from '../builders/cluster.ts';
import { whenReady } from '../builders/node-process.ts';
import { until } from '../builders/until.ts';
import { bring, type Inbox, openInbox } from './inbox.ts';
import { lookAt, type Stage, sellPapers } from './stage.ts';

/** Two nodes on one database, and an inbox where every notice waits to be brought to one of them. */
export type TwoNodes = Stage & {
  databaseUrl: string;
  inbox: Inbox;
  complaints(): string[];
  close(): Promise<void>;
};

export async function openTwoNodes(): Promise<TwoNodes> {
  const cluster = await buildCluster(2);
  const [first = '', second = ''] = cluster.addresses;
  const inbox = await openInbox(() => first);
  const nodes = [0, 1].map((place) => cluster.start(place, { PUBLIC_URL: inbox.url }));
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
  await moveLinkGate(stage, inbox);
  // Registered by a job of its own; until then nobody would be told.
  await until('the webhooks to be registered', async () => {
    const [row] = await rows<{ left: number }>(
      "SELECT count(*) AS left FROM jobs WHERE name = 'register-notices'",
    );
    return row?.left === 0;
  });
  return {
    ...stage,
    databaseUrl: cluster.databaseUrl,
    inbox,
    complaints: cluster.complaints,
    async close() {
      await database.close();
      await cluster.close();
      await inbox.close();
    },
  };
}

/** Reports of LINK Mobility go to a gate of the account, which the nodes of a sandbox register themselves. */
async function moveLinkGate(stage: Stage, inbox: Inbox): Promise<void> {
  const credentials = { username: 'letters', password: 'a-password-of-the-inbox' };
  const made = { token: 'unguessable'.repeat(3), ...credentials };
  const demo = linkMobilitySmsDemo({ sandboxUrl: stage.sandboxUrl, credentialsFor: () => made });
  const given = linkMobilitySms.settings.filter((one) => !one.isMade).map((one) => one.name);
  const settings = Object.fromEntries(given.map((name) => [name, demo[name]]));
  const path = '/capi/v1/client/payment-methods/link-mobility-sms/default';
  const saved = await (await stage.client()).put(path, { settings: { ...settings, gateId: 'inbox' } });
  const { noticeUrl: url } = saved.body;
  if (saved.status !== 200 || typeof url !== 'string')
    throw new Error(`not saved: ${JSON.stringify(saved.body)}`);
  await stage.control('PUT', '/link/gates/inbox', { url, ...credentials });
  if (!url.startsWith(inbox.url)) throw new Error(`reports would go to ${url}`);
  const login = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  const headers = { authorization: `Basic ${login}`, 'content-type': 'application/json' };
  const letter = { path: new URL(url).pathname, method: 'POST', headers, body: '{}' };
  await until('both nodes to have read the new account', async () => {
    const answers = await Promise.all(stage.urls.map((node) => bring(node, letter)));
    return answers.every(({ status }) => status !== 401);
  });
}
