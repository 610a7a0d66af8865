import type { Environment } from '../config/env.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { setClientCommand, showClientCommand } from './clients/client-settings.ts';
import { createClientCommand } from './clients/create-client.ts';
import { disableClientCommand, enableClientCommand, endTokensCommand } from './clients/disable-client.ts';
import { listClientsCommand } from './clients/list-clients.ts';
import { rotateClientCommand } from './clients/rotate-client.ts';

type Command = (environment: Environment, parameters: readonly string[]) => Promise<void>;

/** What can be done with an OAuth client: `client <action> <publisherId> …`. */
const clientActions: Readonly<Record<string, Command>> = {
  list: listClientsCommand,
  create: createClientCommand,
  show: showClientCommand,
  set: setClientCommand,
  rotate: rotateClientCommand,
  'end-tokens': endTokensCommand,
  disable: disableClientCommand,
  enable: enableClientCommand,
};

export async function clientCommand(
  environment: Environment,
  [action = '', ...parameters]: readonly string[],
): Promise<void> {
  const command = Object.hasOwn(clientActions, action) ? clientActions[action] : undefined;
  if (!command)
    throw new OperatorError(
      `Say "client ACTION PUBLISHER …"; actions: ${Object.keys(clientActions).join(', ')}.`,
    );
  await command(environment, parameters);
}
