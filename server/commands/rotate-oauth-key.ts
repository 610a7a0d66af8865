import type { Command } from 'commander';
import type { Environment } from '../config/env.ts';
import { loadInstallationKeys } from '../config/installation-key.ts';
import { provideSecrets } from '../operations/provide-secrets.ts';
import { rotateSigningKey } from '../publishers/rotate-signing-key.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import type { ReadEnvironment } from './verb.ts';

/**
 * Other keys sign tokens, after a day, when all who cache our keys have them. `--now` is for a key that
 * leaked: the former ones end at once, and with them every token of every client.
 */
export function rotateOauthKeyVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('let other keys sign tokens, in a day or now')
    .option('--now', 'at once: every token from before ends')
    .action(({ now = false }: { now?: boolean }) => rotateOauthKey(readEnvironment(), now));
}

async function rotateOauthKey(environment: Environment, now: boolean): Promise<void> {
  const keys = await loadInstallationKeys(environment.installationKey);
  const keyIds = await withDatabase(environment.settings, async (database) => {
    const secrets = await provideSecrets(database, keys, environment.passwords);
    return rotateSigningKey({ database, secrets }, now ? 'now' : 'in turn');
  });
  const names = keyIds.join(' and ');
  print(
    now
      ? `The keys ${names} sign tokens. Every token from before ends on all nodes within five seconds; ` +
          'clients get new ones by themselves.'
      : `The keys ${names} are published, and sign tokens in 24 hours; tokens from before stay good.`,
  );
}
