import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import { saveClientSettings } from '../../publishers/save-settings.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { type Changes, changesArgument, clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { unknownClient } from './unknown-client.ts';

/** Changes settings of a client, all or none. */
export function setClientVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('change settings of a client, its scopes among them; NAME= gives the default again')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .addArgument(changesArgument())
    .action((publisherId: PublisherId, clientId: string, changes: Changes) =>
      setClient(readEnvironment(), { publisherId, clientId, changes }),
    );
}

type Wanted = { publisherId: PublisherId; clientId: string; changes: Changes };

async function setClient(
  { settings }: Environment,
  { publisherId, clientId, changes }: Wanted,
): Promise<void> {
  await withDatabase(settings, async (database) => {
    await saveClientSettings(database, publisherId, clientId, changes);
    const client = await createPublisherDirectory({ database }).findClient(clientId);
    if (client?.publisher.publisherId !== publisherId) throw unknownClient(clientId);
  });
  print(`The client ${clientId} is changed; every node knows within five seconds.`);
}
