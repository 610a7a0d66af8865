import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { revokeClientTokens } from '../../publishers/revoke-client-tokens.ts';
import { print } from '../print.ts';
import { clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { withAct } from '../with-act.ts';
import { noMemory } from './no-memory.ts';
import { unknownClient } from './unknown-client.ts';

/** Ends every token that the client has, its readers' among them, within five seconds. */
export function endTokensVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('end every token that a client has, and those of its readers; its secrets give new ones')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .action((publisherId: PublisherId, clientId: string) =>
      endTokens(readEnvironment(), call, publisherId, clientId),
    );
}

async function endTokens(
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
      const isKnown = await revokeClientTokens({ database, publishers: noMemory }, publisherId, clientId);
      if (!isKnown) throw unknownClient(clientId);
    },
  );
  print(`Every token of ${clientId} ends within five seconds. Its secrets work on and get new ones.`);
  print('Its site sends readers through the authorization again; who is logged in does not log in anew.');
}
