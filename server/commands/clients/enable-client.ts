import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import type { PublisherId } from '../../kit/ids.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { setClientDisabled } from '../../publishers/disable-client.ts';
import { print } from '../print.ts';
import { clientArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { withAct } from '../with-act.ts';
import { unknownClient } from './unknown-client.ts';

/** The client gets tokens again, by the secrets that it has. */
export function enableClientVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('let a client work again, by the secrets that it has')
    .addArgument(publisherArgument())
    .addArgument(clientArgument())
    .action((publisherId: PublisherId, clientId: string) =>
      enableClient(readEnvironment(), call, publisherId, clientId),
    );
}

async function enableClient(
  { settings }: Environment,
  call: OriginCall,
  publisherId: PublisherId,
  clientId: string,
): Promise<void> {
  await withAct(
    settings,
    call,
    () => ({ publisherId, subjectId: clientId }),
    async (database) => {
      const isKnown = await setClientDisabled(database, publisherId, clientId, false);
      if (!isKnown) throw unknownClient(clientId);
    },
  );
  print(`The client ${clientId} is enabled.`);
}
