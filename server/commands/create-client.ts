import type { Environment } from '../config/env.ts';
import { sqlState } from '../database/transaction.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { clientScopes } from '../publishers/client-settings.ts';
import { createClient } from '../publishers/create-client.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { readPublisherId, requireParameter } from './read-parameters.ts';

/** A client refers to nothing but its publisher. */
const foreignKeyViolation = '23503';

/**
 * `create-client <publisherId> <clientId> <name> [return address …]`: makes an OAuth client with all scopes
 * and prints its secret, which is shown this once. A return address that ends in `/*` allows the whole
 * origin.
 */
export async function createClientCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const publisher = readPublisherId(parameters[0]);
  const clientId = requireParameter(parameters[1], 'the id of the client, such as no.example.site');
  const name = requireParameter(parameters[2], 'the name of the client');
  const returnAddresses = parameters.slice(3).map(readReturnAddress);
  const client = { clientId, name, scopes: clientScopes, returnAddresses };
  const made = await withDatabase(settings, (database) =>
    database.transaction('create-client', (transaction) => createClient(transaction, publisher, client)),
  ).catch((error: unknown) => {
    if (sqlState(error) === foreignKeyViolation)
      throw new OperatorError(`There is no publisher ${publisher}.`);
    throw error;
  });
  if (!made) throw new OperatorError(`The id ${clientId} is taken.`);
  print(`The client ${clientId} has the secret ${made.secret} (shown this once).`);
}

function readReturnAddress(text: string): { match: 'exact' | 'origin'; url: string } {
  const isOrigin = text.endsWith('/*');
  const url = isOrigin ? text.slice(0, -1) : text;
  if (!URL.canParse(url)) throw new OperatorError(`${text} is not an address.`);
  return { match: isOrigin ? 'origin' : 'exact', url };
}
