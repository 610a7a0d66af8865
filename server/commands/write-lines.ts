import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { explainFileErrors } from './explain-file-errors.ts';

/**
 * Writes documents to a file as JSON lines, as fast as it takes them, so that their number does not matter;
 * answers how many. The file may be read by its owner alone, and is not left behind half written.
 */
export async function writeLines(file: string, documents: AsyncIterable<object>): Promise<number> {
  let lines = 0;
  const texts = async function* () {
    for await (const document of documents) {
      lines += 1;
      yield `${JSON.stringify(document)}\n`;
    }
  };
  const out = createWriteStream(file, { mode: 0o600 });
  await explainFileErrors(file, pipeline(Readable.from(texts()), out)).catch(async (error: unknown) => {
    if (out.bytesWritten > 0) await rm(file, { force: true });
    throw error;
  });
  return lines;
}
