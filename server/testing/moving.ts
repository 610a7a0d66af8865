import { gatherPeople } from '../commands/people/gather-people.ts';
import { type Counts, importPeople } from '../commands/people/import-file.ts';
import type { PeopleRecord } from '../commands/people/read-records.ts';
import type { Publisher } from '../publishers/publisher.ts';
import type { TestNode } from './node.ts';

export type Brought = { counts: Counts; refused: string[] };

/** Brings lines to a publisher as the command does; answers each broken rule as `line field rule`. */
export async function bring(
  { context: { database, secrets } }: Pick<TestNode, 'context'>,
  publisher: Publisher,
  records: AsyncIterable<PeopleRecord>,
  isDryRun = false,
): Promise<Brought> {
  const refused: string[] = [];
  const counts = await importPeople(
    {
      database,
      publisher,
      credentialHash: secrets.credentialHash,
      isDryRun,
      refused: (line, problems) =>
        refused.push(...problems.map(({ field, rule }) => `${line} ${field} ${rule}`)),
    },
    records,
  );
  return { counts, refused };
}

export async function* recordsOf(...values: unknown[]): AsyncGenerator<PeopleRecord> {
  for (const [index, value] of values.entries()) yield { line: index + 1, value };
}

/** The lines of a publisher's people, but for the first, which names the publisher. */
export async function linesOf(node: Pick<TestNode, 'context'>, publisher: Publisher): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of gatherPeople(node.context.database, publisher)) lines.push(JSON.stringify(line));
  return lines.slice(1);
}
