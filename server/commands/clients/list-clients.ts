import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import { sql } from '../../database/statement.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { unknownPublisher } from '../publishers/unknown-publisher.ts';
import { publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';

const list = sql(
  'clients.listOfPublisher',
  `SELECT client_id, clients.name, profile, scopes, disabled_at IS NOT NULL AS is_disabled,
     (SELECT count(*) FROM client_secrets s
       WHERE s.client_id = clients.client_id
         AND (expires_at IS NULL OR expires_at > (SELECT leveret_now()))) AS secrets
   FROM publishers LEFT JOIN clients USING (publisher_id) WHERE publisher_id = $1 ORDER BY client_id`,
);

type Row = {
  client_id: string | null;
  name: string;
  profile: string;
  scopes: string[];
  is_disabled: boolean;
  secrets: number;
};

/** One line for each client, with its scopes and how many secrets it has. */
export function listClientsVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('the clients of a publisher')
    .addArgument(publisherArgument())
    .action((publisherId: PublisherId) => listClients(readEnvironment(), publisherId));
}

async function listClients({ settings }: Environment, publisherId: PublisherId): Promise<void> {
  const rows = await withDatabase(settings, (database) => database.query<Row>(list, [publisherId]));
  if (rows.length === 0) throw unknownPublisher(publisherId);
  for (const { client_id: id, name, profile, scopes, is_disabled: isDisabled, secrets } of rows) {
    if (id === null) print('The publisher has no client.');
    else
      print(
        `${id} (${name}), ${profile}, ${isDisabled ? 'DISABLED' : `${secrets} secrets`}: ${scopes.join(' ')}`,
      );
  }
}
