import { readFile } from 'node:fs/promises';
import type { Environment } from '../config/env.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { requireParameter } from './read-parameters.ts';
import { type Applied, applySetup } from './setup/apply-setup.ts';
import { readSetup, type Setup } from './setup/setup-document.ts';

const dryRun = '--dry-run';

/**
 * `import-setup <file> [--dry-run]`: writes what `export-setup` wrote to this database, whole or not at all,
 * and prints the secrets of the clients that it makes, this once. Repeating it makes nothing twice.
 */
export async function importSetupCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const isDryRun = parameters.includes(dryRun);
  const [given, ...more] = parameters.filter((parameter) => parameter !== dryRun);
  const file = requireParameter(given, 'a file that "leveret export-setup" made');
  if (more.length > 0) throw new OperatorError(`import-setup does not know ${more.join(' ')}.`);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new OperatorError(`${file} cannot be read.`);
  });
  const setup = readSetup(text);
  const applied = await withDatabase(settings, (database) => applySetup(database, setup, isDryRun));
  report(setup, applied, isDryRun);
}

function report(setup: Setup, applied: Applied, isDryRun: boolean): void {
  const { publisherId, isNewPublisher, clients, catalogue } = applied;
  const name = String(setup.publisher.values['name']);
  if (isDryRun)
    print(`The publisher ${name} would be ${isNewPublisher ? 'made' : `changed: ${publisherId}`}.`);
  else print(`The publisher ${name} has the id ${publisherId}.`);
  for (const { clientId, secret } of clients) {
    if (secret === undefined) print(`The client ${clientId} keeps its secret.`);
    else if (isDryRun) print(`The client ${clientId} would get a new secret.`);
    else print(`The client ${clientId} has the secret ${secret} (shown this once).`);
  }
  const { version: _version, ...counts } = catalogue;
  const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  print(`Catalogue: ${told.join(', ')}.`);
  if (setup.paymentAccounts.length > 0) {
    print('Enter the accounts of payment methods again, by PUT /capi/v1/client/payment-methods/…:');
    for (const { adapter, merchantId, settings } of setup.paymentAccounts)
      print(`  ${adapter}/${merchantId}: ${settings.join(', ')}`);
  }
  print('Orders, people and former secrets stay behind. Texts come with the release.');
  if (isDryRun) print('Nothing was written: this was a dry run.');
}
