import pg from 'pg';
import type { Environment } from '../config/env.ts';
import { hasEmbeddedDatabase } from '../database/embedded/places.ts';
import { listMigrations } from '../database/migrate.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { type Mode, modeOf, readInstallationFacts, refusalOf } from '../operations/installation-mode.ts';
import { findStuckPagePayments } from '../payments/find-stuck-page-payments.ts';
import { openDatabaseBesideNode } from './open-database.ts';
import { print } from './print.ts';

type Finding = { isWell: boolean; says: string };

/** Looks at settings and database, and says for each thing whether it is well and what to do if not. */
export async function doctorCommand({ settings }: Environment): Promise<void> {
  if (settings.databaseUrl === undefined && !hasEmbeddedDatabase(settings.dataDirectory)) {
    throw new OperatorError(
      `There is no database in ${settings.dataDirectory} yet: "npm start" makes one there. ` +
        'LEVERET_DATA names another folder, DATABASE_URL a database of your own.',
    );
  }
  const database = await openDatabaseBesideNode(settings);
  const client = new pg.Client(database.connection);
  try {
    await client.connect();
    const findings = [
      {
        isWell: true,
        says: `mode ${settings.mode}, address ${settings.publicUrl}, data: ${database.description}`,
      },
      await installationFinding(client, settings.mode),
      await versionFinding(client),
      await durabilityFinding(client),
      await migrationsFinding(client),
      await clockFinding(client),
      await pagePaymentsFinding(client),
    ];
    for (const finding of findings) print(`${finding.isWell ? 'well' : 'MEND'}  ${finding.says}`);
    if (findings.some((finding) => !finding.isWell))
      throw new OperatorError('Something needs to be mended (see above).');
  } finally {
    await client.end();
    await database.stop();
  }
}

/** A sandbox that runs live lets the whole world in by its demo client; the reverse would. */
async function installationFinding(client: pg.Client, mode: Mode): Promise<Finding> {
  const facts = await readInstallationFacts(client);
  const refusal = refusalOf(mode, facts);
  if (refusal !== undefined) return { isWell: false, says: refusal };
  if (mode === 'live' && (facts.hasMovedClock || facts.hasDemoClient))
    return { isWell: false, says: 'the database is live, and has a demo client or a clock that was moved' };
  const until = modeOf(facts);
  return {
    isWell: true,
    says:
      until === undefined
        ? 'no node has used the database yet'
        : `the database is ${until === 'live' ? 'live' : 'a sandbox'}`,
  };
}

async function versionFinding(client: pg.Client): Promise<Finding> {
  const version = Number(await show(client, 'server_version_num'));
  const shown = `${Math.floor(version / 10_000)}.${version % 10_000}`;
  return { isWell: version >= 150_000, says: `PostgreSQL ${shown}; 15 or newer is needed` };
}

/** An acknowledged order must survive a power cut. */
async function durabilityFinding(client: pg.Client): Promise<Finding> {
  const names = ['fsync', 'synchronous_commit', 'full_page_writes'];
  const values: string[] = [];
  for (const name of names) values.push(await show(client, name));
  const isWell = values.every((value) => value !== 'off' && value !== 'local');
  return { isWell, says: names.map((name, index) => `${name}=${values[index]}`).join(', ') };
}

async function migrationsFinding(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`,
  );
  const applied = rows[0]?.exists
    ? (await client.query<{ name: string }>('SELECT name FROM schema_migrations')).rows
    : [];
  const missing = (await listMigrations()).filter((name) => !applied.some((row) => row.name === name));
  const says =
    missing.length === 0 ? 'the database is at this release' : `run migrate: ${missing.join(', ')} missing`;
  return { isWell: missing.length === 0, says };
}

/** The node's clock decides nothing, but a wide gap makes logs hard to read and TLS fail. */
async function clockFinding(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const seconds = Math.abs((rows[0]?.now.getTime() ?? 0) - Date.now()) / 1000;
  return { isWell: seconds < 5, says: `clocks of node and database differ by ${seconds.toFixed(1)} s` };
}

/** Money that no machine can give back, as no order has it and so no case does. */
async function pagePaymentsFinding(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('page_payments') IS NOT NULL AS exists`,
  );
  const query = async <Row extends object>({ text }: { text: string }) =>
    (await client.query<Row>(text)).rows;
  const stuck = rows[0]?.exists ? await findStuckPagePayments({ query }) : [];
  const isWell = stuck.length === 0;
  const list = stuck.map(({ adapter, reference, code }) => `${adapter} ${reference} (${code})`).join(', ');
  return { isWell, says: isWell ? 'no payment on a page waits for a person' : `settle by hand: ${list}` };
}

async function show(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>('SELECT current_setting($1) AS value', [name]);
  return rows[0]?.value ?? '';
}
