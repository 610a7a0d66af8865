import type { Environment } from '../config/env.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { createPublisherDirectory } from '../publishers/find-publisher.ts';
import { saveClientSettings } from '../publishers/save-settings.ts';
import { showClient } from '../publishers/show-settings.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { printSettings } from './print-settings.ts';
import { readAssignments } from './read-assignments.ts';
import { readPublisherId, requireParameter } from './read-parameters.ts';

/**
 * `client show <publisherId> <clientId>`: every setting, with its rule, default and what it does.
 * `client set <publisherId> <clientId> <name>=<value> …`: changes settings, all or none.
 */
export async function clientCommand(
  { settings }: Environment,
  [action, publisher, id, ...parameters]: readonly string[],
): Promise<void> {
  if (action !== 'show' && action !== 'set')
    throw new OperatorError('Say "client show PUBLISHER ID" or "client set PUBLISHER ID NAME=VALUE …".');
  const publisherId = readPublisherId(publisher);
  const clientId = requireParameter(id, 'the id of the client');
  const given = action === 'set' ? readAssignments(parameters) : undefined;
  await withDatabase(settings, async (database) => {
    if (given !== undefined) await saveClientSettings(database, publisherId, clientId, given);
    const client = await createPublisherDirectory({ database }).findClient(clientId);
    if (client?.publisher.publisherId !== publisherId)
      throw new OperatorError(`The publisher has no client ${clientId}.`);
    if (given === undefined) printSettings(showClient(client));
    else print(`The client ${clientId} is changed; every node knows within five seconds.`);
  });
}
