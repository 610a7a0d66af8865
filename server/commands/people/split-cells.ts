import { OperatorError } from '../../kit/operator-error.ts';

export type Row = { line: number; cells: readonly string[] };

const longestRow = 1_048_576;

/**
 * Splits a table as RFC 4180 has it, with commas, semicolons or tabs: whichever the first row holds most of.
 * Quotes may enclose cells with any of these and with line ends in them. Empty rows are passed over.
 */
export async function* splitCells(pieces: AsyncIterable<string>): AsyncGenerator<Row> {
  let [rest, line, delimiter] = ['', 1, ''];
  for await (const piece of pieces) {
    rest += piece;
    for (let end = endOfRow(rest, 0); end !== -1; end = endOfRow(rest, 0)) {
      const row = rest.slice(0, end);
      rest = rest.slice(end + 1);
      delimiter ||= delimiterOf(row);
      yield* toRow(row, line, delimiter);
      line += row.split('\n').length;
    }
    if (rest.length > longestRow) throw new OperatorError(`The row at line ${line} does not end.`);
  }
  if (rest.trim() === '') return;
  if (endOfRow(`${rest}\n`, 0) === -1) {
    throw new OperatorError(`The row at line ${line} has a quote that is not closed.`);
  }
  yield* toRow(rest, line, delimiter || delimiterOf(rest));
}

/** Where the first line end stands that no quotes enclose. */
function endOfRow(text: string, from: number): number {
  let end = text.indexOf('\n', from);
  let quotes = 0;
  let counted = from;
  while (end !== -1) {
    for (let at = text.indexOf('"', counted); at !== -1 && at < end; at = text.indexOf('"', at + 1)) {
      quotes += 1;
    }
    if (quotes % 2 === 0) return end;
    counted = end;
    end = text.indexOf('\n', end + 1);
  }
  return -1;
}

function delimiterOf(row: string): string {
  const count = (sign: string) => row.split(sign).length;
  return [',', ';', '\t'].toSorted((one, other) => count(other) - count(one))[0] ?? ',';
}

function* toRow(row: string, line: number, delimiter: string): Generator<Row> {
  const text = row.endsWith('\r') ? row.slice(0, -1) : row;
  if (text.trim() === '') return;
  yield { line, cells: text.includes('"') ? splitQuoted(text, delimiter) : text.split(delimiter) };
}

function splitQuoted(text: string, delimiter: string): string[] {
  const cells: string[] = [];
  let [cell, isQuoted] = ['', false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (isQuoted && sign === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') {
      isQuoted = !isQuoted;
    } else if (sign === delimiter && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else {
      cell += sign;
    }
  }
  return [...cells, cell];
}
