import { type ImportCounts, importCatalogue } from '../../catalogue/import-catalogue.ts';
import { sql } from '../../database/statement.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import { type PublisherId, publisherId } from '../../kit/ids.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import { Problem } from '../../kit/problem.ts';
import { createClient } from '../../publishers/create-client.ts';
import { createPublisher } from '../../publishers/create-publisher.ts';
import { setClientDisabled } from '../../publishers/disable-client.ts';
import { saveClientSettings, savePublisherSettings } from '../../publishers/save-settings.ts';
import { type Setup, type SetupClient, throwIfAny, withoutField } from './setup-document.ts';

/** What became of a client: a new one has a secret, which is told this once. */
export type AppliedClient = { clientId: string; secret: string | undefined };
export type Applied = {
  publisherId: PublisherId;
  isNewPublisher: boolean;
  clients: readonly AppliedClient[];
  catalogue: ImportCounts;
};

type FoundPublisher = { publisher_id: number; name: string; country: string; currency: string };

const findByName = sql(
  'publishers.findByName',
  `SELECT publisher_id, name, country, currency FROM publishers WHERE name = $1
   ORDER BY publisher_id FOR UPDATE`,
);
const findByClients = sql(
  'publishers.findByClients',
  `SELECT client_id, publisher_id, publishers.name, country, currency
   FROM clients JOIN publishers USING (publisher_id)
   WHERE client_id = ANY ($1) FOR UPDATE OF publishers`,
);

/** Ends the transaction of a dry run. */
class DryRun extends Error {
  readonly applied: Applied;

  constructor(applied: Applied) {
    super('a dry run');
    this.applied = applied;
  }
}

/**
 * Writes a setup whole or not at all. Done again it finds the publisher by its clients, else by its name, and
 * changes what differs: nothing is made twice, nothing is taken away, and clients that are there keep their
 * secrets. A dry run tells the same and writes nothing. Throws `OperatorError` that names the broken rows.
 */
export async function applySetup(database: Database, setup: Setup, isDryRun: boolean): Promise<Applied> {
  try {
    return await database.transaction('import setup', async (transaction) => {
      const applied = await apply(transaction, database, setup);
      if (isDryRun) throw new DryRun(applied);
      return applied;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.applied;
    throw error;
  }
}

async function apply(transaction: Transaction, database: Database, setup: Setup): Promise<Applied> {
  const found = await findPublisher(transaction, setup);
  const id = found ? publisherId(found.publisher_id) : await makePublisher(transaction, setup);
  await savePublisherSettings(transaction, id, setup.publisher.values);
  const clients: AppliedClient[] = [];
  for (const client of setup.clients) clients.push(await applyClient(transaction, id, client));
  const catalogue = await applyCatalogue(transaction, database, id, setup.catalogue);
  return { publisherId: id, isNewPublisher: !found, clients, catalogue };
}

/** The publisher that the setup was written to before; throws where the file does not fit what is there. */
async function findPublisher(transaction: Transaction, setup: Setup): Promise<FoundPublisher | undefined> {
  const ids = setup.clients.map(({ clientId }) => clientId);
  const byClients = await transaction.query<FoundPublisher & { client_id: string }>(findByClients, [ids]);
  const named = await transaction.query<FoundPublisher>(findByName, [setup.publisher.values['name']]);
  const found = byClients[0] ?? named[0];
  const problems = byClients
    .filter((one) => one.publisher_id !== found?.publisher_id)
    .map((one) => ({
      field: `clients[${ids.indexOf(one.client_id)}].clientId`,
      message: `is a client of the publisher ${one.publisher_id}, ${one.name}`,
    }));
  if (byClients.length === 0 && named.length > 1)
    problems.push({ field: 'publisher.name', message: 'is the name of several publishers here' });
  for (const name of ['country', 'currency'] as const)
    if (found && found[name] !== setup.publisher[name])
      problems.push({ field: `publisher.${name}`, message: `is ${found[name]} here, and cannot be changed` });
  throwIfAny(problems);
  return found;
}

function makePublisher(transaction: Transaction, { publisher }: Setup): Promise<PublisherId> {
  const { name, timeZone, locale } = publisher.values;
  return createPublisher(transaction, {
    name: String(name),
    timeZone: String(timeZone),
    locale: String(locale),
    country: publisher.country,
    currency: publisher.currency,
  });
}

async function applyClient(
  transaction: Transaction,
  id: PublisherId,
  { clientId, isDisabled, values }: SetupClient,
): Promise<AppliedClient> {
  const made = await createClient(transaction, id, { clientId, name: clientId, scopes: [] });
  await saveClientSettings(transaction, id, clientId, values);
  if (made && isDisabled) await setClientDisabled(transaction, id, clientId, true);
  return { clientId, secret: made?.secret };
}

async function applyCatalogue(
  transaction: Transaction,
  database: Database,
  id: PublisherId,
  catalogue: unknown,
): Promise<ImportCounts> {
  const within: Database = { ...database, transaction: (_name, work) => work(transaction) };
  try {
    return await importCatalogue({ database: within }, id, catalogue);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throwIfAny(
      error.fields.map(({ field, message }) => ({
        field: `catalogue.${field}`,
        message: withoutField(message, field),
      })),
    );
    throw new OperatorError(error.message);
  }
}
