import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { setClientDisabled } from '../../publishers/disable-client.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { unknownClient } from './unknown-client.ts';

/** The client gets tokens again, by the secrets that it has. */
export function enableClientVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('let a client work again, by the secrets that it has')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .action((publisherId: PublisherId, clientId: string) =>
      enableClient(readEnvironment(), publisherId, clientId),
    );
}

async function enableClient(
  { settings }: Environment,
  publisherId: PublisherId,
  clientId: string,
): Promise<void> {
  const isKnown = await withDatabase(settings, (database) =>
    setClientDisabled(database, publisherId, clientId, false),
  );
  if (!isKnown) throw unknownClient(clientId);
  print(`The client ${clientId} is enabled.`);
}
