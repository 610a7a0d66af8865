import type { Environment } from '../../config/env.ts';
import { setClientDisabled } from '../../publishers/disable-client.ts';
import { revokeClientTokens } from '../../publishers/revoke-client-tokens.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { readClientOf, unknownClient } from './read-client-of.ts';

/** A command has no memory to refresh; the nodes read within five seconds. */
const noMemory = { refresh: async () => {} };

/**
 * `client disable <publisherId> <clientId>`: no token is given to it and none that it has is believed, on
 * every node within five seconds. Its orders, callbacks and readers go on.
 */
export async function disableClientCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const { publisherId, clientId } = readClientOf(parameters);
  await withDatabase(settings, async (database) => {
    if (!(await setClientDisabled(database, publisherId, clientId, true))) throw unknownClient(clientId);
    // Enabled again, it does not get back what somebody else may hold.
    await revokeClientTokens({ database, publishers: noMemory }, publisherId, clientId);
  });
  print(`The client ${clientId} is disabled: its tokens end within five seconds.`);
  print('Its orders go on, and what it is owed goes out.');
}

/** `client enable <publisherId> <clientId>`: it gets tokens again, by the secrets that it has. */
export async function enableClientCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const { publisherId, clientId } = readClientOf(parameters);
  const isKnown = await withDatabase(settings, (database) =>
    setClientDisabled(database, publisherId, clientId, false),
  );
  if (!isKnown) throw unknownClient(clientId);
  print(`The client ${clientId} is enabled.`);
}

/** `client end-tokens <publisherId> <clientId>`: ends every token that it has, within five seconds. */
export async function endTokensCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const { publisherId, clientId } = readClientOf(parameters);
  const isKnown = await withDatabase(settings, (database) =>
    revokeClientTokens({ database, publishers: noMemory }, publisherId, clientId),
  );
  if (!isKnown) throw unknownClient(clientId);
  print(`Every token of ${clientId} ends within five seconds. Its secrets work on and get new ones.`);
}
