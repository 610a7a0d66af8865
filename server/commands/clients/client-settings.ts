import type { Environment } from '../../config/env.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import type { Client } from '../../publishers/publisher.ts';
import { saveClientSettings } from '../../publishers/save-settings.ts';
import { showClient } from '../../publishers/show-settings.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { printSettings } from '../print-settings.ts';
import { readAssignments } from '../read-assignments.ts';
import { readClientOf, unknownClient } from './read-client-of.ts';

/** `client show <publisherId> <clientId>`: every setting, with its rule, default and what it does. */
export async function showClientCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  printSettings(showClient(await findOrSet(settings, parameters, undefined)));
}

/** `client set <publisherId> <clientId> <name>=<value> …`: changes settings, all or none. */
export async function setClientCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const given = readAssignments(parameters.slice(2));
  const { clientId } = await findOrSet(settings, parameters.slice(0, 2), given);
  print(`The client ${clientId} is changed; every node knows within five seconds.`);
}

function findOrSet(
  settings: Environment['settings'],
  parameters: readonly string[],
  given: Record<string, unknown> | undefined,
): Promise<Client> {
  const { publisherId, clientId } = readClientOf(parameters);
  return withDatabase(settings, async (database) => {
    if (given !== undefined) await saveClientSettings(database, publisherId, clientId, given);
    const client = await createPublisherDirectory({ database }).findClient(clientId);
    if (client?.publisher.publisherId !== publisherId) throw unknownClient(clientId);
    return client;
  });
}
