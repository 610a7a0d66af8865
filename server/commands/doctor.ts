import type { Command } from 'commander';
import pg from 'pg';
import { findCasesWithoutOrder } from '../cases/find-cases-without-order.ts';
import type { Environment } from '../config/env.ts';
import type { Settings } from '../config/settings.ts';
import type { Compared } from '../database/compare-migrations.ts';
import { keepSettings, keepsSettings } from '../database/keep-settings.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { smtpSettings } from '../messages/channels/list.ts';
import { greetMailServer } from '../messages/channels/smtp/channel.ts';
import { type Mode, modeOf, readInstallationFacts, refusalOf } from '../operations/installation-mode.ts';
import { laterWarning } from './later-warning.ts';
import { mailWarning } from './mail-warning.ts';
import { openDatabaseBesideNode } from './open-database.ts';
import { print } from './print.ts';
import type { ReadEnvironment } from './verb.ts';

/** `warns` of what may be meant so, and is nothing that must be mended. */
type Finding = { isWell: boolean; says: string; warns?: boolean };

/** Looks at settings and database, and says for each thing whether it is ok and what to do if not. */
export function doctorVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('look at settings and database, and say what to mend')
    .action(() => examine(readEnvironment()));
}

async function examine({ settings, passwords }: Environment): Promise<void> {
  const database = await openDatabaseBesideNode(settings);
  const client = new pg.Client(database.connection);
  try {
    await client.connect();
    const findings = [
      {
        isWell: true,
        says: `mode ${settings.mode}, address ${settings.publicUrl}, data: ${database.description}`,
      },
      ...(settings.mode === 'sandbox' ? [exampleFinding(settings)] : []),
      ...(await mailFindings(settings, passwords.smtpPassword)),
      await installationFinding(client, settings.mode),
      await versionFinding(client),
      await durabilityFinding(client),
      migrationsFinding(database.migrations),
      await clockFinding(client),
      await pagePaymentsFinding(client),
      await limitsFinding(client),
    ];
    for (const finding of findings) print(`${labelOf(finding)}  ${finding.says}`);
    if (findings.some((finding) => !finding.isWell))
      throw new OperatorError('Something needs to be mended (see above).');
  } finally {
    await client.end();
    await database.stop();
  }
}

function labelOf({ isWell, warns = false }: Finding): string {
  if (!isWell) return 'FAIL';
  return warns ? 'warn' : 'ok  ';
}

/** They are started with a node, and need nothing of the database. */
function exampleFinding({ sandboxPort, shopPort }: Settings): Finding {
  const at = (port: number) => `http://localhost:${port}`;
  const says = `beside a node: the sandbox at ${at(sandboxPort)}, the demo shop at ${at(shopPort)}`;
  return { isWell: true, says };
}

/** The sandbox's own mail server stands only beside a node, and is not asked. */
async function mailFindings(settings: Settings, password: string | undefined): Promise<Finding[]> {
  const warning = mailWarning(settings);
  const warned = warning === undefined ? [] : [{ isWell: true, warns: true, says: warning }];
  const at = `${settings.smtp.host}:${settings.smtp.port}`;
  if (settings.smtp.isSandbox)
    return warned.length > 0 ? warned : [{ isWell: true, says: `e-mail goes out by ${at}` }];
  const reason = await greetMailServer(smtpSettings(settings, password));
  const says = `the mail server at ${at} ${reason === undefined ? 'answers' : `takes no e-mail: ${reason}`}`;
  return [...warned, { isWell: reason === undefined, says }];
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

function migrationsFinding(compared: Compared): Finding {
  const { missing, later } = compared;
  if (missing.length > 0) return { isWell: false, says: `run migrate: ${missing.join(', ')} missing` };
  const warning = laterWarning(compared);
  if (warning === undefined) return { isWell: true, says: 'the database is at this release' };
  return { isWell: true, warns: true, says: `${warning}: ${later.join(', ')}` };
}

/** The node's clock decides nothing, but a wide gap makes logs hard to read and TLS fail. */
async function clockFinding(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const seconds = Math.abs((rows[0]?.now.getTime() ?? 0) - Date.now()) / 1000;
  return { isWell: seconds < 5, says: `clocks of node and database differ by ${seconds.toFixed(1)} s` };
}

/** Payments that no order has, and that no machine can settle: nobody sees them in an order. */
async function pagePaymentsFinding(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('payment_keys') IS NOT NULL AS exists`,
  );
  const query = async <Row extends object>({ text }: { text: string }) =>
    (await client.query<Row>(text)).rows;
  const stuck = rows[0]?.exists ? await findCasesWithoutOrder({ query }) : [];
  const isWell = stuck.length === 0;
  const list = stuck.map(({ adapter, reference, kind }) => `${adapter} ${reference} (${kind})`).join(', ');
  return { isWell, says: isWell ? 'no payment on a page waits for a person' : `settle by hand: ${list}` };
}

/** The last: what is looked at afterwards would have the limits too. */
async function limitsFinding(client: pg.Client): Promise<Finding> {
  await keepSettings(client);
  const way = keepsSettings(client)
    ? 'are kept by each session'
    : 'go with each transaction, as a pooler may hand sessions on to others';
  return { isWell: true, says: `limits of statements, locks and idle time ${way}` };
}

async function show(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>('SELECT current_setting($1) AS value', [name]);
  return rows[0]?.value ?? '';
}
