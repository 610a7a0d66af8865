import type { Environment } from '../config/env.ts';
import { writeAct } from '../database/act-log.ts';
import type { Database } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import { commandOrigin, type OriginCall } from '../kit/origin.ts';
import { createPublisherDirectory } from '../publishers/find-publisher.ts';
import type { Publisher } from '../publishers/publisher.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { unknownPublisher } from './publishers/unknown-publisher.ts';
import { writeLines } from './write-lines.ts';

type Given = { publisherId: PublisherId; file: string };

/** Writes what is gathered of a publisher to a file of JSON lines, with an act of who took it. */
export async function exportLines(
  { settings }: Environment,
  call: OriginCall,
  { publisherId, file }: Given,
  gather: (database: Database, publisher: Publisher) => AsyncIterable<object>,
): Promise<void> {
  await withDatabase(settings, async (opened) => {
    const database = opened.startedBy({ ...commandOrigin, call });
    const publisher = await createPublisherDirectory({ database }).findPublisher(publisherId);
    if (!publisher) throw unknownPublisher(publisherId);
    // Who took everybody's data is kept also where the file did not become whole.
    await database.transaction(call.operationId, (transaction) => writeAct(transaction, { publisherId }));
    const lines = await writeLines(file, gather(database, publisher));
    print(`${file} holds ${lines} lines of the publisher ${publisher.name}.`);
  });
}
