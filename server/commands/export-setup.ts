import { writeFile } from 'node:fs/promises';
import type { Environment } from '../config/env.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { migrateDatabase, openDatabaseBesideNode, useDatabase } from './open-database.ts';
import { print } from './print.ts';
import { readPublisherId, requireParameter } from './read-parameters.ts';
import { gatherSetup } from './setup/gather-setup.ts';
import { writeSetup } from './setup/setup-document.ts';

/**
 * `export-setup <publisherId> <file>`: writes publisher, clients and catalogue to a file that `import-setup`
 * takes. No secret, no order and no person is in it, and the demo client stays behind. A sandbox may be
 * exported in live mode too.
 */
export async function exportSetupCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const publisherId = readPublisherId(parameters[0]);
  const file = requireParameter(parameters[1], 'a file to write');
  const opened = await openDatabaseBesideNode(settings);
  try {
    await migrateDatabase(opened.connection);
    const setup = await useDatabase(opened.connection, settings, (database) =>
      gatherSetup(database, publisherId),
    );
    if (!setup) throw new OperatorError(`There is no publisher ${publisherId}.`);
    await writeFile(file, writeSetup(setup), { mode: 0o600 });
    print(`${file} holds the publisher ${String(setup.publisher.values['name'])}.`);
    print(`Clients: ${setup.clients.map(({ clientId }) => clientId).join(', ') || 'none'}.`);
    if (setup.paymentAccounts.length > 0)
      print('Accounts of payment methods are named in it; their settings and secrets are not.');
  } finally {
    await opened.stop();
  }
}
