import type { Environment } from '../config/env.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { rotateClientSecret } from '../publishers/rotate-client-secret.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { readPublisherId, requireParameter } from './read-parameters.ts';

/** `rotate-client-secret <publisherId> <clientId>`: prints a new secret; the former works on for 72 hours. */
export async function rotateClientSecretCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const publisher = readPublisherId(parameters[0]);
  const clientId = requireParameter(parameters[1], 'the id of the client');
  const made = await withDatabase(settings, (database) =>
    rotateClientSecret({ database }, publisher, clientId),
  );
  if (!made) throw new OperatorError(`The publisher has no client ${clientId}.`);
  print(
    `The client ${clientId} has the secret ${made.secret} (shown this once); the former works for 72 hours.`,
  );
}
