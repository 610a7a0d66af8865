import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import { saveClientSettings } from '../../publishers/save-settings.ts';
import { print } from '../print.ts';
import { type Changes, changesArgument, clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { withAct } from '../with-act.ts';
import { unknownClient } from './unknown-client.ts';

/** Changes settings of a client, all or none. */
export function setClientVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('change settings of a client, its scopes among them; NAME= gives the default again')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .addArgument(changesArgument())
    .action((publisherId: PublisherId, clientId: string, changes: Changes) =>
      setClient(readEnvironment(), call, { publisherId, clientId, changes }),
    );
}

type Wanted = { publisherId: PublisherId; clientId: string; changes: Changes };

async function setClient(
  { settings }: Environment,
  call: OriginCall,
  { publisherId, clientId, changes }: Wanted,
): Promise<void> {
  const act = { publisherId, subjectId: clientId, facts: { settings: Object.keys(changes) } };
  await withAct(
    settings,
    call,
    () => act,
    async (database) => {
      await saveClientSettings(database, publisherId, clientId, changes);
      const client = await createPublisherDirectory({ database }).findClient(clientId);
      if (client?.publisher.publisherId !== publisherId) throw unknownClient(clientId);
    },
  );
  print(`The client ${clientId} is changed; every node knows within five seconds.`);
}
