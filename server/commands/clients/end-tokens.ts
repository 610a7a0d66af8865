import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { revokeClientTokens } from '../../publishers/revoke-client-tokens.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { noMemory } from './no-memory.ts';
import { unknownClient } from './unknown-client.ts';

/** Ends every token that the client has, within five seconds. */
export function endTokensVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('end every token that a client has; its secrets give new ones')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .action((publisherId: PublisherId, clientId: string) =>
      endTokens(readEnvironment(), publisherId, clientId),
    );
}

async function endTokens(
  { settings }: Environment,
  publisherId: PublisherId,
  clientId: string,
): Promise<void> {
  const isKnown = await withDatabase(settings, (database) =>
    revokeClientTokens({ database, publishers: noMemory }, publisherId, clientId),
  );
  if (!isKnown) throw unknownClient(clientId);
  print(`Every token of ${clientId} ends within five seconds. Its secrets work on and get new ones.`);
}
