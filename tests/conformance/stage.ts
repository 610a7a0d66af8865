import { importCatalogue } from '@leveret/server/catalogue/import-catalogue.js';
import { sql } from '@leveret/server/database/statement.js';
import type { Database } from '@leveret/server/database/transaction.js';
import { publisherId } from '@leveret/server/kit/ids.js';
import { savePublisherSettings } from '@leveret/server/publishers/save-settings.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { until } from '../builders/until.ts';

/** Where orders are bought and paid: nodes, a sandbox, and a look into the database. */
export type Stage = {
  /** Where the nodes listen; a buyer comes to the first. */
  urls: readonly [string, ...string[]];
  sandboxUrl: string;
  /** The publisher's site, whose token is renewed where the clock has moved past its end. */
  client(): Promise<DemoClient>;
  rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Calls the sandbox's control API; an answer that is no success is an error. */
  control<Body>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Body>;
};

export type OwnStage = Stage & { fixture: Fixture; close(): Promise<void> };

const tokenSeconds = 1800;

/** The publisher's site and the sandbox as everybody sees them. */
export function lookAt(urls: Stage['urls'], sandboxUrl: string, rows: Stage['rows']): Stage {
  let connected: { client: DemoClient; at: number } | undefined;
  const now = async () =>
    (await rows<{ at: number }>('SELECT extract(epoch FROM leveret_now())::float8 AS at'))[0]?.at ?? 0;
  return {
    urls,
    sandboxUrl,
    rows,
    async client() {
      const at = await now();
      if (!connected || at - connected.at > tokenSeconds)
        connected = { client: await patiently(() => connectDemoClient(urls[0])), at };
      return connected.client;
    },
    async control<Body>(method: string, path: string, body?: object) {
      const headers = { 'content-type': 'application/json' };
      const content = body && { headers, body: JSON.stringify(body) };
      const reply = await fetch(`${sandboxUrl}/control${path}`, { method, ...content });
      const text = await reply.text();
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
      return (text === '' ? {} : JSON.parse(text)) as Body;
    },
  };
}

/** A node on a busy machine may say that it is too busy. */
function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  return until('an answer', () => ask().catch(() => undefined), 60_000, 250);
}

/** A fixture whose time stands still, with offers to buy in each currency. */
export async function openStage(): Promise<OwnStage> {
  const fixture = await buildFixture({ realTime: false });
  const { context } = fixture.app;
  const rows: Stage['rows'] = (text, values) => context.database.query(sql('test.look', text), values);
  const stage = lookAt([fixture.url], fixture.sandboxUrl, rows);
  await sellPapers(context.database);
  return { ...stage, fixture, close: () => fixture.close() };
}

/** Gives the demo publisher what is bought here. */
export async function sellPapers(database: Database): Promise<void> {
  const [demo] = await database.query<{ publisher_id: number }>(findDemo);
  if (!demo) throw new Error('there is no demo publisher');
  const id = publisherId(demo.publisher_id);
  await importCatalogue({ database }, id, catalogueIn(['NOK', 'SEK']));
  // One phone gets the codes of every purchase here.
  await savePublisherSettings(database, id, { messagesPerRecipientPerDay: 1_000_000 });
}

const findDemo = sql('test.findDemo', "SELECT publisher_id FROM clients WHERE client_id = 'no.leveret.demo'");

/** Three offers in each currency: 1 is captured with the access, 2 by hand, 3 costs nothing at first. */
function catalogueIn(currencies: readonly string[]): object {
  const common = { price: 100, periodLength: 1, periodType: 'months' };
  return {
    products: currencies.map((currency) => ({
      productCode: `PAPER${currency}`,
      description: 'The paper',
      productType: 'subscription',
      currency,
      vatCode: 'press',
    })),
    offers: currencies.flatMap((currency) =>
      [1, 2, 3].map((offerNumber) => ({
        ...common,
        price: offerNumber === 3 ? 0 : common.price,
        offerCode: `PAPER${currency}`,
        offerNumber,
        productCode: `PAPER${currency}`,
        description: 'The paper, a month',
        currency,
        renewal: common,
        captureWhen: offerNumber === 2 ? 'by hand' : 'access',
      })),
    ),
  };
}

const busyStatement = `SELECT count(*) AS busy, string_agg(name, ', ') AS names FROM jobs
  WHERE key IS DISTINCT FROM 'schedule'
    AND (leased_until > statement_timestamp() OR run_at <= leveret_now())`;

/** Waits until every job that is due has run. */
export async function settle(stage: Stage): Promise<void> {
  await until(
    'the jobs to have run',
    async () => {
      const [row] = await stage.rows<{ busy: number }>(busyStatement);
      return row?.busy === 0;
    },
    60_000,
  );
}

/** Moves the clocks together, and lets everything happen that becomes due. */
export async function pass(stage: Stage, seconds: number): Promise<void> {
  await settle(stage);
  await stage.control('POST', '/clock/advance', { seconds });
  await settle(stage);
}

/** Lets the provider go wrong from now on. Faults that break an exchange break one, unless said. */
export async function spoil(stage: Stage, provider: string, kind: string, more: object = {}): Promise<void> {
  const isOfExchange = /^(error|timeout|slow)/.test(kind);
  const times = isOfExchange ? { times: 1, milliseconds: 30 } : {};
  await stage.control('POST', '/faults', { provider, kind, ...times, ...more });
}
