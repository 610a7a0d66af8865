import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import { savePublisherSettings } from '../../publishers/save-settings.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { type Changes, changesArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { unknownPublisher } from './unknown-publisher.ts';

/** Changes settings of a publisher, all or none. */
export function setPublisherVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('change settings of a publisher; NAME= gives the default again')
    .addArgument(publisherArgument())
    .addArgument(changesArgument())
    .action((publisherId: PublisherId, changes: Changes) =>
      setPublisher(readEnvironment(), publisherId, changes),
    );
}

async function setPublisher(
  { settings }: Environment,
  publisherId: PublisherId,
  changes: Changes,
): Promise<void> {
  const publisher = await withDatabase(settings, async (database) => {
    const isKnown = await savePublisherSettings(database, publisherId, changes);
    return isKnown ? createPublisherDirectory({ database }).findPublisher(publisherId) : undefined;
  });
  if (!publisher) throw unknownPublisher(publisherId);
  print(`The publisher ${publisher.name} is changed; every node knows within five seconds.`);
}
