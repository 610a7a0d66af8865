import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import { showPublisher as describePublisher } from '../../publishers/show-settings.ts';
import { withDatabase } from '../open-database.ts';
import { printSettings } from '../print-settings.ts';
import { publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { unknownPublisher } from './unknown-publisher.ts';

/** Every setting, with its rule, default and what it does. */
export function showPublisherVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('settings of a publisher, and what each does')
    .addArgument(publisherArgument())
    .action((publisherId: PublisherId) => showPublisher(readEnvironment(), publisherId));
}

async function showPublisher({ settings }: Environment, publisherId: PublisherId): Promise<void> {
  const publisher = await withDatabase(settings, (database) =>
    createPublisherDirectory({ database }).findPublisher(publisherId),
  );
  if (!publisher) throw unknownPublisher(publisherId);
  printSettings(describePublisher(publisher));
}
