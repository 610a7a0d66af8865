// A reporter for `node --test`: after all tests, the files that took longest.
import { relative } from 'node:path';

const shown = 15;

/** @param {AsyncIterable<{ type: string, data: { file?: string, duration_ms: number } }>} events */
export default async function* slowFiles(events) {
  const files = [];
  for await (const { type, data } of events) {
    if (type === 'test:summary' && data.file !== undefined) files.push(data);
  }
  files.sort((one, other) => other.duration_ms - one.duration_ms);
  yield `\n${files.length} files; the longest:\n`;
  for (const { file, duration_ms } of files.slice(0, shown)) {
    yield `${(duration_ms / 1000).toFixed(1).padStart(8)} s  ${relative('.', file)}\n`;
  }
}
