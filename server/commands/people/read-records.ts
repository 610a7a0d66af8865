import { createReadStream } from 'node:fs';
import { OperatorError } from '../../kit/operator-error.ts';
import type { FieldProblem } from '../../kit/problem.ts';
import { splitCells } from './split-cells.ts';
import { readColumns } from './table-columns.ts';

/** What stands on a line, by its number in the file, or why it cannot be read. */
export type PeopleRecord = { line: number } & ({ value: unknown } | { problems: readonly FieldProblem[] });

const mebibyte = 1_048_576;

/**
 * Reads a file of people piece by piece, so that its size does not matter: JSON lines where it begins with a
 * brace, else a table with the names of its columns in the first row. Throws `OperatorError` where the file
 * as a whole is none of these.
 */
export async function* readRecords(file: string): AsyncGenerator<PeopleRecord> {
  const pieces = readText(file);
  const first = await pieces.next();
  if (first.done) throw new OperatorError(`${file} is empty.`);
  const all = join(first.value, pieces);
  yield* first.value.trimStart().startsWith('{') ? readLines(all) : readRows(all);
}

async function* join(first: string, others: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* others;
}

async function* readText(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new OperatorError(`${file} is not UTF-8.`);
    }
  };
  for await (const bytes of createReadStream(file)) {
    const text = decode(bytes as Buffer);
    if (text !== '') yield text;
  }
  decode();
}

async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<PeopleRecord> {
  let [rest, line] = ['', 0];
  for await (const piece of pieces) {
    const parts = (rest + piece).split('\n');
    rest = parts.pop() ?? '';
    refuseLong(rest, line + parts.length + 1);
    for (const part of parts) yield* readLine(part, (line += 1));
  }
  yield* readLine(rest, line + 1);
}

function refuseLong(text: string, line: number): void {
  if (text.length > mebibyte) throw new OperatorError(`Line ${line} is longer than a mebibyte.`);
}

/** What the parser says of a broken line repeats what stands there, which may be a name. */
function* readLine(text: string, line: number): Generator<PeopleRecord> {
  if (text.trim() === '') return;
  refuseLong(text, line);
  let record: PeopleRecord;
  try {
    record = { line, value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch {
    record = { line, problems: [{ field: '', rule: 'json', message: 'it is not JSON' }] };
  }
  yield record;
}

async function* readRows(pieces: AsyncIterable<string>): AsyncGenerator<PeopleRecord> {
  let toValue: ReturnType<typeof readColumns> | undefined;
  let width = 0;
  for await (const { line, cells } of splitCells(pieces)) {
    if (!toValue) {
      toValue = readColumns(cells);
      width = cells.length;
    } else if (cells.length !== width) {
      const message = `it has ${cells.length} cells, and the first row ${width}`;
      yield { line, problems: [{ field: '', rule: 'cells', message }] };
    } else {
      yield { line, value: toValue(cells) };
    }
  }
}
