import { type Command, InvalidArgumentError } from 'commander';
import { confirmNumber } from '../../accounts/confirm-number.ts';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { print } from '../print.ts';
import { publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { withAct } from '../with-act.ts';

/**
 * For a reader without an e-mail address whom the publisher knows by other means: the number, which nobody
 * had proven for half a year, opens the account again.
 */
export function confirmNumberVerb(
  command: Command,
  readEnvironment: ReadEnvironment,
  call: OriginCall,
): void {
  command
    .description('say that the mobile number of an account is still the number of its reader')
    .addArgument(publisherArgument())
    .argument('<uniqueUserId>', 'of the account, as the API tells it', readUniqueUserId)
    .action((publisherId: PublisherId, uniqueUserId: string) =>
      confirm(readEnvironment(), call, publisherId, uniqueUserId),
    );
}

function readUniqueUserId(given: string): string {
  if (!/^[0-9a-f]{32}$/.test(given))
    throw new InvalidArgumentError('It is 32 digits and letters from a to f.');
  return given;
}

async function confirm(
  { settings }: Environment,
  call: OriginCall,
  publisherId: PublisherId,
  uniqueUserId: string,
): Promise<void> {
  await withAct(
    settings,
    call,
    () => ({ publisherId, subjectId: uniqueUserId }),
    async (database) => {
      if (await confirmNumber(database, publisherId, uniqueUserId)) return;
      throw new OperatorError(
        `The publisher ${publisherId} has no open account ${uniqueUserId} with a proven number.`,
      );
    },
  );
  print(`The number of ${uniqueUserId} opens its account for half a year from now.`);
}
