import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import { savePublisherSettings } from '../../publishers/save-settings.ts';
import { print } from '../print.ts';
import { type Changes, changesArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { withAct } from '../with-act.ts';
import { unknownPublisher } from './unknown-publisher.ts';

/** Changes settings of a publisher, all or none. */
export function setPublisherVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('change settings of a publisher; NAME= gives the default again')
    .addArgument(publisherArgument())
    .addArgument(changesArgument())
    .action((publisherId: PublisherId, changes: Changes) =>
      setPublisher(readEnvironment(), call, publisherId, changes),
    );
}

async function setPublisher(
  { settings }: Environment,
  call: OriginCall,
  publisherId: PublisherId,
  changes: Changes,
): Promise<void> {
  const act = { publisherId, subjectId: publisherId, facts: { settings: Object.keys(changes) } };
  const publisher = await withAct(
    settings,
    call,
    () => act,
    async (database) => {
      const isKnown = await savePublisherSettings(database, publisherId, changes);
      const found = isKnown && (await createPublisherDirectory({ database }).findPublisher(publisherId));
      if (!found) throw unknownPublisher(publisherId);
      return found;
    },
  );
  print(`The publisher ${publisher.name} is changed; every node knows within five seconds.`);
}
