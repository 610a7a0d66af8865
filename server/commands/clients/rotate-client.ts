import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { rotateClientSecret } from '../../publishers/rotate-client-secret.ts';
import { print } from '../print.ts';
import { clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { withAct } from '../with-act.ts';
import { unknownClient } from './unknown-client.ts';

const overlapHours = 72;

/**
 * Prints a new secret. The former works on for 72 hours, so that a site can change over; with `--now`, for a
 * secret that leaked, it ends on every node within five seconds.
 */
export function rotateClientVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description(`give a client another secret; the former works ${overlapHours} hours, or ends now`)
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .option('--now', 'end the former secrets at once')
    .action((publisherId: PublisherId, clientId: string, { now = false }: { now?: boolean }) =>
      rotateClient(readEnvironment(), call, { publisherId, clientId, now }),
    );
}

type Wanted = { publisherId: PublisherId; clientId: string; now: boolean };

async function rotateClient(
  { settings }: Environment,
  call: OriginCall,
  { publisherId, clientId, now }: Wanted,
): Promise<void> {
  const act = { publisherId, subjectId: clientId, facts: { now } };
  const made = await withAct(
    settings,
    call,
    () => act,
    async (database) => {
      const rotated = await rotateClientSecret({ database }, publisherId, clientId, now ? 0 : overlapHours);
      if (!rotated) throw unknownClient(clientId);
      return rotated;
    },
  );
  print(`The client ${clientId} has the secret ${made.secret} (shown this once).`);
  if (now)
    print(
      'The former secrets end within five seconds. Tokens that they gave still answer, for up to 12 hours: ' +
        `"client end-tokens ${publisherId} ${clientId}" ends them.`,
    );
  else print(`The former works for ${overlapHours} hours.`);
}
