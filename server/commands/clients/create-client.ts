import { Argument, type Command, Option } from 'commander';
import type { Environment } from '../../config/env.ts';
import { sqlState } from '../../database/transaction.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { type ClientScope, clientProfile } from '../../publishers/client-settings.ts';
import { createClient, type NewClient } from '../../publishers/create-client.ts';
import { print } from '../print.ts';
import { unknownPublisher } from '../publishers/unknown-publisher.ts';
import { clientArgument, publisherArgument, readAll, readBy, ruledArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { withAct } from '../with-act.ts';

/** A client refers to nothing but its publisher. */
const foreignKeyViolation = '23503';

/** What a site needs to register, complete and show orders; all else is asked for by name. */
const leastScopes: readonly ClientScope[] = ['orders:read', 'orders:write'];

const { name, profile, scopes, returnAddresses } = clientProfile;

/**
 * Makes an OAuth client and prints its secret, which is shown this once. Without `--scopes` it may read and
 * write orders and nothing else. A return address that ends in `/*` allows the whole origin.
 */
export function createClientVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('make an OAuth client; prints its secret, once')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .addArgument(ruledArgument('<name>', name))
    .addArgument(
      new Argument('[returnAddress...]', 'where readers may be sent back to').argParser(
        readAll(returnAddresses),
      ),
    )
    .addOption(
      new Option('--scopes <a,b>', 'what it may do')
        .argParser(readBy(scopes))
        .default(leastScopes, leastScopes.join()),
    )
    .addOption(
      new Option('--profile <profile>', profile.rule).argParser(readBy(profile)).default(profile.default),
    )
    .action((...[publisherId, clientId, given, addresses = [], options]: Given) =>
      makeClient(readEnvironment(), call, publisherId, {
        clientId,
        name: given,
        returnAddresses: addresses,
        ...options,
      }),
    );
}

type Given = [
  publisherId: PublisherId,
  clientId: string,
  name: string,
  returnAddresses: NewClient['returnAddresses'] | undefined,
  options: Pick<NewClient, 'scopes' | 'profile'>,
];

async function makeClient(
  { settings }: Environment,
  call: OriginCall,
  publisherId: PublisherId,
  client: NewClient,
): Promise<void> {
  const { clientId } = client;
  const act = { publisherId, subjectId: clientId, facts: { scopes: client.scopes } };
  const made = await withAct(
    settings,
    call,
    () => act,
    async (database) => {
      const created = await database.transaction('create-client', (transaction) =>
        createClient(transaction, publisherId, client),
      );
      if (!created) throw new OperatorError(`The id ${clientId} is taken.`);
      return created;
    },
  ).catch((error: unknown) => {
    if (sqlState(error) === foreignKeyViolation) throw unknownPublisher(publisherId);
    throw error;
  });
  print(`The client ${clientId} has the secret ${made.secret} (shown this once).`);
  print(`Scopes: ${client.scopes.join(', ')}. More by "client set ${publisherId} ${clientId} scopes=…".`);
}
