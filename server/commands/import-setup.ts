import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Environment } from '../config/env.ts';
import type { Act } from '../database/act-log.ts';
import type { Database } from '../database/transaction.ts';
import type { OriginCall } from '../kit/origin.ts';
import { explainFileErrors } from './explain-file-errors.ts';
import { makesDatabase, withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { fileArgument } from './read-arguments.ts';
import { type Applied, applySetup } from './setup/apply-setup.ts';
import { readSetup, type Setup } from './setup/setup-document.ts';
import type { ReadEnvironment } from './verb.ts';
import { withAct } from './with-act.ts';

/**
 * Writes what `export setup` wrote to this database, whole or not at all, and prints the secrets of the
 * clients that it makes, this once. Repeating it makes nothing twice.
 */
export function importSetupVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('make in this database what "export setup" wrote; prints the new secrets')
    .addArgument(fileArgument('a file that "leveret export setup" made'))
    .option('--dry-run', 'tell the same, and write nothing')
    .action((file: string, { dryRun = false }: { dryRun?: boolean }) =>
      importSetup(readEnvironment(), call, { file, isDryRun: dryRun }),
    );
}

type Given = { file: string; isDryRun: boolean };

async function importSetup(
  { settings }: Environment,
  call: OriginCall,
  { file, isDryRun }: Given,
): Promise<void> {
  const text = await explainFileErrors(file, readFile(file, 'utf8'));
  const setup = readSetup(text);
  const apply = (database: Database) => applySetup(database, setup, isDryRun);
  const applied = isDryRun
    ? await withDatabase(settings, apply)
    : await withAct(settings, call, actOf, apply, makesDatabase);
  report(setup, applied, isDryRun);
}

function actOf({ publisherId, clients, catalogue }: Applied): Act {
  const facts = { clients: clients.map(({ clientId }) => clientId), catalogue };
  return { publisherId, subjectId: publisherId, facts };
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
