import type { Environment } from '../config/env.ts';
import { loadInstallationKeys } from '../config/installation-key.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { provideSecrets } from '../operations/provide-secrets.ts';
import { rotateSigningKey } from '../publishers/rotate-signing-key.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { readFlags } from './read-flags.ts';

/**
 * `rotate-oauth-key [--now]`: another key signs access tokens, after a day, when all who cache our keys have
 * it. `--now` is for a key that leaked: the former one ends at once, and with it every token of every client.
 */
export async function rotateOauthKeyCommand(
  environment: Environment,
  parameters: readonly string[],
): Promise<void> {
  const { flags, rest } = readFlags('rotate-oauth-key', parameters, { now: 'flag' });
  if (rest.length > 0) throw new OperatorError(`The command does not know ${rest.join(' ')}.`);
  const keys = await loadInstallationKeys(environment.installationKey);
  const keyId = await withDatabase(environment.settings, async (database) => {
    const secrets = await provideSecrets(database, keys, environment.passwords);
    return rotateSigningKey({ database, secrets }, flags.now ? 'now' : 'in turn');
  });
  print(
    flags.now
      ? `The key ${keyId} signs tokens. Every token from before ends on all nodes within five seconds; ` +
          'clients get new ones by themselves.'
      : `The key ${keyId} is published, and signs tokens in 24 hours; tokens from before stay good.`,
  );
}
