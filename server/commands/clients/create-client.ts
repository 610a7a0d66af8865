import type { Environment } from '../../config/env.ts';
import { sqlState } from '../../database/transaction.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import { defaultsOf, readSettingChanges } from '../../kit/setting.ts';
import { type ClientScope, clientProfile } from '../../publishers/client-settings.ts';
import { createClient, type NewClient } from '../../publishers/create-client.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { readFlags } from '../read-flags.ts';
import { readPublisherId, requireParameter } from '../read-parameters.ts';

/** A client refers to nothing but its publisher. */
const foreignKeyViolation = '23503';

/** What a site needs to register, complete and show orders; all else is asked for by name. */
const leastScopes: readonly ClientScope[] = ['orders:read', 'orders:write'];

/**
 * `client create <publisherId> <clientId> <name> [return address …] [--scopes a,b] [--profile strict]`: makes
 * an OAuth client and prints its secret, which is shown this once. Without `--scopes` it may read and write
 * orders and nothing else. A return address that ends in `/*` allows the whole origin.
 */
export async function createClientCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const { flags, rest } = readFlags('client create', parameters, { scopes: 'value', profile: 'value' });
  const publisher = readPublisherId(rest[0]);
  const clientId = requireParameter(rest[1], 'the id of the client, such as no.example.site');
  const name = requireParameter(rest[2], 'the name of the client');
  const client = { clientId, ...readProfile({ name, returnAddresses: rest.slice(3), ...flags }) };
  const made = await withDatabase(settings, (database) =>
    database.transaction('create-client', (transaction) => createClient(transaction, publisher, client)),
  ).catch((error: unknown) => {
    if (sqlState(error) === foreignKeyViolation)
      throw new OperatorError(`There is no publisher ${publisher}.`);
    throw error;
  });
  if (!made) throw new OperatorError(`The id ${clientId} is taken.`);
  print(`The client ${clientId} has the secret ${made.secret} (shown this once).`);
  print(`Scopes: ${client.scopes.join(', ')}. More by "client set ${publisher} ${clientId} scopes=…".`);
}

type Given = {
  name: string;
  returnAddresses: string[];
  scopes: string | undefined;
  profile: string | undefined;
};

/** By the same rules as `client set`. */
function readProfile({ scopes, profile, ...given }: Given): Omit<NewClient, 'clientId'> {
  const { set, problems } = readSettingChanges(clientProfile, {
    ...given,
    scopes: scopes?.split(',').map((scope) => scope.trim()) ?? leastScopes,
    ...(profile !== undefined && { profile }),
  });
  if (problems.length > 0) throw new OperatorError(problems.map(({ message }) => message).join('\n'));
  return { ...defaultsOf(clientProfile), ...set };
}
