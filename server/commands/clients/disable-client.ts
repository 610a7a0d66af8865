import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { setClientDisabled } from '../../publishers/disable-client.ts';
import { revokeClientTokens } from '../../publishers/revoke-client-tokens.ts';
import { print } from '../print.ts';
import { clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { withAct } from '../with-act.ts';
import { noMemory } from './no-memory.ts';
import { unknownClient } from './unknown-client.ts';

/**
 * No token is given to the client and none that it has is believed, on every node within five seconds. Its
 * orders, callbacks and readers go on.
 */
export function disableClientVerb(
  command: Command,
  readEnvironment: ReadEnvironment,
  call: OriginCall,
): void {
  command
    .description('let a client do nothing, while its orders and callbacks go on')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .action((publisherId: PublisherId, clientId: string) =>
      disableClient(readEnvironment(), call, publisherId, clientId),
    );
}

async function disableClient(
  { settings }: Environment,
  call: OriginCall,
  publisherId: PublisherId,
  clientId: string,
): Promise<void> {
  await withAct(
    settings,
    call,
    () => ({ publisherId, subjectId: clientId }),
    async (database) => {
      if (!(await setClientDisabled(database, publisherId, clientId, true))) throw unknownClient(clientId);
      // Enabled again, it does not get back what somebody else may hold.
      await revokeClientTokens({ database, publishers: noMemory }, publisherId, clientId);
    },
  );
  print(`The client ${clientId} is disabled: its tokens end within five seconds.`);
  print('Its orders go on, and what it is owed goes out.');
}
