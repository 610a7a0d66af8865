import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import { sql } from '../../database/statement.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import type { ReadEnvironment } from '../verb.ts';

const list = sql(
  'publishers.listWithClients',
  `SELECT publisher_id, name, country, currency,
     (SELECT count(*) FROM clients c WHERE c.publisher_id = p.publisher_id) AS clients
   FROM publishers p ORDER BY publisher_id`,
);

type Row = { publisher_id: number; name: string; country: string; currency: string; clients: number };

/** One line for each tenant. */
export function listPublishersVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command.description('the tenants').action(() => listPublishers(readEnvironment()));
}

async function listPublishers({ settings }: Environment): Promise<void> {
  const rows = await withDatabase(settings, (database) => database.query<Row>(list));
  if (rows.length === 0) print('There is no publisher.');
  for (const { publisher_id: id, name, country, currency, clients } of rows)
    print(`${id} ${name}, ${country} ${currency}, clients: ${clients}`);
}
