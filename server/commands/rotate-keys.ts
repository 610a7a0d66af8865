import type { Command } from 'commander';
import { sealedCallbackKeys } from '../callbacks/callback-keys.ts';
import { sealedEndpointSecrets } from '../callbacks/endpoint-secrets.ts';
import type { Environment } from '../config/env.ts';
import { loadInstallationKeys } from '../config/installation-key.ts';
import { sealedReplies } from '../database/idempotency-keys.ts';
import { resealColumn, type SealedColumn } from '../database/reseal-column.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { countNodesWithoutKey } from '../operations/node-presence.ts';
import { provideSecrets, sealedRoot } from '../operations/provide-secrets.ts';
import { sealedTokens } from '../payments/ledger/note-beside.ts';
import { sealedPaymentKeys } from '../payments/ledger/outcomes-store.ts';
import { sealedMerchantSecrets } from '../payments/merchants/merchants-store.ts';
import { sealedSigningKeys } from '../publishers/signing-keys.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import type { ReadEnvironment } from './verb.ts';

/** Everything that is sealed with the installation's key. */
export const sealedColumns: readonly { what: string; column: SealedColumn }[] = [
  { what: 'root of hashes and addresses', column: sealedRoot },
  { what: 'keys that sign tokens', column: sealedSigningKeys },
  { what: 'keys that sign callbacks', column: sealedCallbackKeys },
  { what: 'secrets of webhook endpoints', column: sealedEndpointSecrets },
  { what: 'secrets of payment methods', column: sealedMerchantSecrets },
  { what: 'agreements with payers', column: sealedTokens },
  { what: 'keys of payments', column: sealedPaymentKeys },
  { what: 'replies that show a secret', column: sealedReplies },
];

/**
 * Seals everything anew with the newest key, so that former ones can be taken away. Refused where a running
 * node does not know the newest key, as its reads would fail.
 */
export function rotateKeysVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('seal everything anew with the newest LEVERET_KEY')
    .action(() => rotateKeys(readEnvironment()));
}

async function rotateKeys(environment: Environment): Promise<void> {
  const keys = await loadInstallationKeys(environment.installationKey);
  const unopened = await withDatabase(environment.settings, async (database) => {
    const { sealing } = await provideSecrets(database, keys, environment.passwords);
    const lacking = await countNodesWithoutKey(database, sealing);
    if (lacking > 0)
      throw new OperatorError(
        `${lacking} running nodes do not know the newest key: add it to their LEVERET_FORMER_KEYS first.`,
      );
    let unopened = 0;
    for (const { what, column } of sealedColumns) {
      const done = await resealColumn(database, sealing, column);
      print(`${what}: ${done.resealed} sealed anew${done.unopened ? `, ${done.unopened} not opened` : ''}`);
      unopened += done.unopened;
    }
    return unopened;
  });
  if (unopened > 0)
    throw new OperatorError(
      `${unopened} values are sealed with a key that is not known: add it to LEVERET_FORMER_KEYS.`,
    );
  print('Everything is sealed with the newest key. Former keys can be taken away.');
}
