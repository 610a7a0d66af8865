import type { Environment } from '../config/env.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { createPublisherDirectory } from '../publishers/find-publisher.ts';
import { savePublisherSettings } from '../publishers/save-settings.ts';
import { showPublisher } from '../publishers/show-settings.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { printSettings } from './print-settings.ts';
import { readAssignments } from './read-assignments.ts';
import { readPublisherId } from './read-parameters.ts';

/**
 * `publisher show <publisherId>`: every setting, with its rule, default and what it does.
 * `publisher set <publisherId> <name>=<value> …`: changes settings, all or none.
 */
export async function publisherCommand(
  { settings }: Environment,
  [action, id, ...parameters]: readonly string[],
): Promise<void> {
  if (action !== 'show' && action !== 'set')
    throw new OperatorError('Say "publisher show PUBLISHER" or "publisher set PUBLISHER NAME=VALUE …".');
  const publisherId = readPublisherId(id);
  const given = action === 'set' ? readAssignments(parameters) : undefined;
  await withDatabase(settings, async (database) => {
    const isKnown = given === undefined || (await savePublisherSettings(database, publisherId, given));
    const publisher = isKnown
      ? await createPublisherDirectory({ database }).findPublisher(publisherId)
      : undefined;
    if (!publisher) throw new OperatorError(`There is no publisher ${publisherId}.`);
    if (given === undefined) printSettings(showPublisher(publisher));
    else print(`The publisher ${publisher.name} is changed; every node knows within five seconds.`);
  });
}
