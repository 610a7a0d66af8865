import { exportCatalogue } from '../../catalogue/export-catalogue.ts';
import { type Queryable, sql } from '../../database/statement.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { unnamedMerchant } from '../../payments/merchants/show-method.ts';
import { methods } from '../../payments/methods/list.ts';
import { demoClientId } from '../../publishers/demo-client.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import type { Client } from '../../publishers/publisher.ts';
import {
  type ClientRow,
  listClients,
  listPublishers,
  type PublisherRow,
} from '../../publishers/publisher-store.ts';
import { showClient, showPublisher } from '../../publishers/show-settings.ts';
import type { Setup, SetupAccount, SetupClient } from './setup-document.ts';

const listAccounts = sql(
  'merchants.listForSetup',
  `SELECT adapter, merchant_id, ARRAY(SELECT jsonb_object_keys(settings) ORDER BY 1) AS names
   FROM payment_method_settings WHERE publisher_id = $1 ORDER BY adapter, merchant_id`,
);
type AccountRow = { adapter: string; merchant_id: string; names: string[] };

/** What is carried of a publisher; nothing where there is none with this id. */
export async function gatherSetup(database: Queryable, publisherId: PublisherId): Promise<Setup | undefined> {
  const directory = createPublisherDirectory({ database });
  const publisher = await directory.findPublisher(publisherId);
  const rows = await database.query<PublisherRow>(listPublishers);
  const row = rows.find((one) => one.publisher_id === publisherId);
  if (!publisher || !row) return undefined;
  const values = showPublisher(publisher);
  const ownNames = ['name', 'timeZone', 'locale', 'ownerEmail', ...Object.keys(row.settings as object)];
  const clients: SetupClient[] = [];
  for (const clientRow of await database.query<ClientRow>(listClients)) {
    if (clientRow.publisher_id !== publisherId || clientRow.client_id === demoClientId) continue;
    const client = await directory.findClient(clientRow.client_id);
    if (client) clients.push(setupClient(client, Object.keys(clientRow.settings as object)));
  }
  const accounts = await database.query<AccountRow>(listAccounts, [publisherId]);
  return {
    publisher: { country: publisher.country, currency: publisher.currency, values: only(values, ownNames) },
    clients: clients.toSorted((one, other) => (one.clientId < other.clientId ? -1 : 1)),
    catalogue: await exportCatalogue(database, publisherId),
    paymentAccounts: accounts.map(setupAccount),
  };
}

/** Any address of this machine is for the sandbox alone, so it stays behind. */
function setupClient(client: Client, set: readonly string[]): SetupClient {
  const returnAddresses = client.returnAddresses.filter(({ match }) => match !== 'loopback');
  const values = showClient({ ...client, returnAddresses });
  const names = ['name', 'profile', 'scopes', 'returnAddresses', ...set];
  return { clientId: client.clientId, isDisabled: client.isDisabled, values: only(values, names) };
}

/** What has to be entered again: everything that the adapter asks for and does not make by itself. */
function setupAccount({ adapter, merchant_id: merchantId, names }: AccountRow): SetupAccount {
  const sharing = Object.values(methods).flatMap((served) =>
    served.filter((method) => (method.account ?? method.name) === adapter),
  );
  const declared = sharing.flatMap(({ settings }) => settings.filter(({ isMade }) => isMade !== true));
  return {
    adapter: sharing[0]?.name ?? adapter,
    merchantId: merchantId === '' ? unnamedMerchant : merchantId,
    settings: [...new Set(declared.length === 0 ? names : declared.map(({ name }) => name))],
  };
}

function only(values: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}
