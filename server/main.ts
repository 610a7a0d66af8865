import { clientCommand } from './commands/client.ts';
import { createClientCommand } from './commands/clients/create-client.ts';
import { rotateClientCommand } from './commands/clients/rotate-client.ts';
import { createPublisherCommand } from './commands/create-publisher.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportSetupCommand } from './commands/export-setup.ts';
import { importCatalogueCommand } from './commands/import-catalogue.ts';
import { importSetupCommand } from './commands/import-setup.ts';
import { migrateCommand } from './commands/migrate.ts';
import { publisherCommand } from './commands/publisher.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { rotateKeysCommand } from './commands/rotate-keys.ts';
import { rotateOauthKeyCommand } from './commands/rotate-oauth-key.ts';
import { startCommand } from './commands/start.ts';
import { type Environment, readProcessEnvironment } from './config/env.ts';
import { OperatorError } from './kit/operator-error.ts';
import { Problem } from './kit/problem.ts';

/** The operator's commands. */
const commands: Record<string, (environment: Environment, parameters: readonly string[]) => Promise<void>> = {
  start: startCommand,
  migrate: migrateCommand,
  doctor: doctorCommand,
  publisher: publisherCommand,
  client: clientCommand,
  'create-publisher': createPublisherCommand,
  // Former names of "client create" and "client rotate".
  'create-client': createClientCommand,
  'rotate-client-secret': rotateClientCommand,
  'rotate-oauth-key': rotateOauthKeyCommand,
  'rotate-keys': rotateKeysCommand,
  reconcile: reconcileCommand,
  'import-catalogue': importCatalogueCommand,
  'export-setup': exportSetupCommand,
  'import-setup': importSetupCommand,
};

const [name = 'start', ...parameters] = process.argv.slice(2);

try {
  const command = commands[name];
  if (!command)
    throw new OperatorError(`There is no command ${name}; there are ${Object.keys(commands).join(', ')}.`);
  await command(readProcessEnvironment(), parameters);
} catch (error) {
  if (error instanceof Problem && error.fields.length > 1)
    for (const { message } of error.fields) console.error(message);
  else console.error(error instanceof OperatorError || error instanceof Problem ? error.message : error);
  process.exit(1);
}
