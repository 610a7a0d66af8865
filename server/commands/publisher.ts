import type { Environment } from '../config/env.ts';
import { sql } from '../database/statement.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { createPublisherDirectory } from '../publishers/find-publisher.ts';
import { savePublisherSettings } from '../publishers/save-settings.ts';
import { showPublisher } from '../publishers/show-settings.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { printSettings } from './print-settings.ts';
import { readAssignments } from './read-assignments.ts';
import { readPublisherId } from './read-parameters.ts';

const list = sql(
  'publishers.listWithClients',
  `SELECT publisher_id, name, country, currency,
     (SELECT count(*) FROM clients c WHERE c.publisher_id = p.publisher_id) AS clients
   FROM publishers p ORDER BY publisher_id`,
);

type Row = { publisher_id: number; name: string; country: string; currency: string; clients: number };

async function listPublishers(settings: Environment['settings']): Promise<void> {
  const rows = await withDatabase(settings, (database) => database.query<Row>(list));
  if (rows.length === 0) print('There is no publisher.');
  for (const { publisher_id: id, name, country, currency, clients } of rows)
    print(`${id} ${name}, ${country} ${currency}, clients: ${clients}`);
}

/**
 * `publisher list`: one line for each tenant.
 * `publisher show <publisherId>`: every setting, with its rule, default and what it does.
 * `publisher set <publisherId> <name>=<value> …`: changes settings, all or none.
 */
export async function publisherCommand(
  { settings }: Environment,
  [action, id, ...parameters]: readonly string[],
): Promise<void> {
  if (action === 'list') return listPublishers(settings);
  if (action !== 'show' && action !== 'set')
    throw new OperatorError(
      'Say "publisher list", "publisher show PUBLISHER" or "publisher set PUBLISHER NAME=VALUE …".',
    );
  const publisherId = readPublisherId(id);
  const given = action === 'set' ? readAssignments(parameters) : undefined;
  await withDatabase(settings, async (database) => {
    const isKnown = given === undefined || (await savePublisherSettings(database, publisherId, given));
    const publisher = isKnown
      ? await createPublisherDirectory({ database }).findPublisher(publisherId)
      : undefined;
    if (!publisher) throw new OperatorError(`There is no publisher ${publisherId}.`);
    if (given === undefined) printSettings(showPublisher(publisher));
    else print(`The publisher ${publisher.name} is changed; every node knows within five seconds.`);
  });
}
