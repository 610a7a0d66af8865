import type { Command } from 'commander';
import type { Environment } from '../config/env.ts';
import { loadInstallationKeys } from '../config/installation-key.ts';
import { provideSecrets } from '../operations/provide-secrets.ts';
import { rotateSigningKey } from '../publishers/rotate-signing-key.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import type { ReadEnvironment } from './verb.ts';

/**
 * Another key signs access tokens, after a day, when all who cache our keys have it. `--now` is for a key
 * that leaked: the former one ends at once, and with it every token of every client.
 */
export function rotateOauthKeyVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('let another key sign tokens, in a day or now')
    .option('--now', 'at once: every token from before ends')
    .action(({ now = false }: { now?: boolean }) => rotateOauthKey(readEnvironment(), now));
}

async function rotateOauthKey(environment: Environment, now: boolean): Promise<void> {
  const keys = await loadInstallationKeys(environment.installationKey);
  const keyId = await withDatabase(environment.settings, async (database) => {
    const secrets = await provideSecrets(database, keys, environment.passwords);
    return rotateSigningKey({ database, secrets }, now ? 'now' : 'in turn');
  });
  print(
    now
      ? `The key ${keyId} signs tokens. Every token from before ends on all nodes within five seconds; ` +
          'clients get new ones by themselves.'
      : `The key ${keyId} is published, and signs tokens in 24 hours; tokens from before stay good.`,
  );
}
