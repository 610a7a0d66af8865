import type { Problem } from './check.ts';
import { lineAt, readSources, readTexts, type Source } from './reading/read-sources.ts';

const call = 'leveret_now()';
/** A subquery of its own, a materialized one, or a statement that asks for nothing else. */
const readOnce =
  /\(SELECT leveret_now\(\)\)|AS MATERIALIZED \(SELECT leveret_now\(\)|^SELECT leveret_now\(\)/g;
const tests = /\.test\.ts$|^server\/testing\//;

export const name = 'clock-read-once';

/**
 * The server's SQL reads the database's clock once a statement. Where `leveret_now()` stands bare PostgreSQL
 * may call it for each row, at some microseconds each: of a large table that is seconds.
 */
export async function run(root: string): Promise<Problem[]> {
  const sources = [...(await readSources(root)).values()];
  return sources
    .filter(({ path, text }) => path.startsWith('server/') && !tests.test(path) && text.includes(call))
    .flatMap(findBareCalls);
}

function findBareCalls(source: Source): Problem[] {
  return readTexts(source).flatMap(({ text, start }) => {
    const bare = text.replace(readOnce, (once) => '-'.repeat(once.length));
    return [...bare.matchAll(/leveret_now\(\)/g)].map(({ index }) => ({
      file: source.path,
      line: lineAt(source.text, start + index),
      message: `${call} for each row; write (SELECT ${call})`,
    }));
  });
}
