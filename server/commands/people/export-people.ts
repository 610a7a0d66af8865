import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import { writeAct } from '../../database/act-log.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { commandOrigin, type OriginCall } from '../../kit/origin.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import { explainFileErrors } from '../explain-file-errors.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { unknownPublisher } from '../publishers/unknown-publisher.ts';
import { fileArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { gatherPeople } from './gather-people.ts';

/**
 * Writes all customers and readers of a publisher to a file that `import people` takes at another
 * installation. It may be read by its owner alone, and is not left behind half written.
 */
export function exportPeopleVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('write all customers and readers of a publisher to a file, as JSON lines')
    .addArgument(publisherArgument())
    .addArgument(fileArgument('the file to write; it names people, and may be read by you alone'))
    .action((publisherId: PublisherId, file: string) => exportFile(readEnvironment(), call, publisherId, file));
}

async function exportFile(
  { settings }: Environment,
  call: OriginCall,
  publisherId: PublisherId,
  file: string,
): Promise<void> {
  await withDatabase(settings, async (opened) => {
    const database = opened.startedBy({ ...commandOrigin, call });
    const publisher = await createPublisherDirectory({ database }).findPublisher(publisherId);
    if (!publisher) throw unknownPublisher(publisherId);
    // Who took everybody's data is kept also where the file did not become whole.
    await database.transaction(call.operationId, (transaction) => writeAct(transaction, { publisherId }));
    let lines = 0;
    const texts = async function* () {
      for await (const line of gatherPeople(database, publisher)) {
        lines += 1;
        yield `${JSON.stringify(line)}\n`;
      }
    };
    const out = createWriteStream(file, { mode: 0o600 });
    await explainFileErrors(file, pipeline(Readable.from(texts()), out)).catch(async (error: unknown) => {
      if (out.bytesWritten > 0) await rm(file, { force: true });
      throw error;
    });
    print(`${file} holds ${lines} lines of the publisher ${publisher.name}.`);
  });
}
