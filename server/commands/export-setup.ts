import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Environment } from '../config/env.ts';
import { migrate } from '../database/migrate.ts';
import type { PublisherId } from '../kit/ids.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { explainFileErrors } from './explain-file-errors.ts';
import { openDatabaseBesideNode, useDatabase } from './open-database.ts';
import { print } from './print.ts';
import { fileArgument, publisherArgument } from './read-arguments.ts';
import { gatherSetup } from './setup/gather-setup.ts';
import { writeSetup } from './setup/setup-document.ts';
import type { ReadEnvironment } from './verb.ts';

/**
 * Writes a publisher, its clients and its catalogue to a file that `import setup` takes. No secret, no order
 * and no person is in it, and the demo client stays behind. A sandbox may be exported in live mode too.
 */
export function exportSetupVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('write a publisher, its clients and its catalogue to a file')
    .addArgument(publisherArgument())
    .addArgument(fileArgument('the file to write'))
    .action((publisherId: PublisherId, file: string) => exportSetup(readEnvironment(), publisherId, file));
}

async function exportSetup({ settings }: Environment, publisherId: PublisherId, file: string): Promise<void> {
  const opened = await openDatabaseBesideNode(settings);
  try {
    await migrate(opened.connection);
    const setup = await useDatabase(opened.connection, settings, (database) =>
      gatherSetup(database, publisherId),
    );
    if (!setup) throw new OperatorError(`There is no publisher ${publisherId}.`);
    await explainFileErrors(file, writeFile(file, writeSetup(setup), { mode: 0o600 }));
    print(`${file} holds the publisher ${String(setup.publisher.values['name'])}.`);
    print(`Clients: ${setup.clients.map(({ clientId }) => clientId).join(', ') || 'none'}.`);
    if (setup.paymentAccounts.length > 0)
      print('Accounts of payment methods are named in it; their settings and secrets are not.');
  } finally {
    await opened.stop();
  }
}
