import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import { showClient as describeClient } from '../../publishers/show-settings.ts';
import { withDatabase } from '../open-database.ts';
import { printSettings } from '../print-settings.ts';
import { clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { unknownClient } from './unknown-client.ts';

/** Every setting, with its rule, default and what it does. */
export function showClientVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('settings of a client, and what each does')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .action((publisherId: PublisherId, clientId: string) =>
      showClient(readEnvironment(), publisherId, clientId),
    );
}

async function showClient(
  { settings }: Environment,
  publisherId: PublisherId,
  clientId: string,
): Promise<void> {
  const client = await withDatabase(settings, (database) =>
    createPublisherDirectory({ database }).findClient(clientId),
  );
  if (client?.publisher.publisherId !== publisherId) throw unknownClient(clientId);
  printSettings(describeClient(client));
}
