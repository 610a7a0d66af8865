import type { Environment } from '../../config/env.ts';
import { rotateClientSecret } from '../../publishers/rotate-client-secret.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { readFlags } from '../read-flags.ts';
import { readClientOf, unknownClient } from './read-client-of.ts';

const overlapHours = 72;

/**
 * `client rotate <publisherId> <clientId> [--now]`: prints a new secret. The former works on for 72 hours, so
 * that a site can change over; with `--now`, for a secret that leaked, it ends on every node within five
 * seconds.
 */
export async function rotateClientCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const { flags, rest } = readFlags('client rotate', parameters, { now: 'flag' });
  const { publisherId, clientId } = readClientOf(rest);
  const made = await withDatabase(settings, (database) =>
    rotateClientSecret({ database }, publisherId, clientId, flags.now ? 0 : overlapHours),
  );
  if (!made) throw unknownClient(clientId);
  print(`The client ${clientId} has the secret ${made.secret} (shown this once).`);
  if (flags.now)
    print(
      'The former secrets end within five seconds. Tokens that they gave still answer, for up to 12 hours: ' +
        `"client end-tokens ${publisherId} ${clientId}" ends them.`,
    );
  else print(`The former works for ${overlapHours} hours.`);
}
