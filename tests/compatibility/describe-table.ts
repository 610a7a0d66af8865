import { describeStep } from './prove-row.ts';
import type { Area, Row, State } from './row.ts';
import { sources } from './sources.ts';
import { areas } from './table.ts';

const states: readonly State[] = ['same', 'differs', 'later', 'not offered'];

/** The table as Markdown: the totals, each area, and where everything was read. */
export function describeCompatibility(table: readonly Area[] = areas): string {
  const rows = table.flatMap((area) => area.rows);
  return [
    ...describeTotals(table, rows),
    ...table.flatMap(describeArea),
    '## Where it was read',
    '',
    '| | |',
    '| --- | --- |',
    ...Object.entries(sources).map(([name, where]) => `| ${name} | ${where} |`),
    '',
  ].join('\n');
}

function describeTotals(table: readonly Area[], rows: readonly Row[]): string[] {
  return [
    `**${rows.length} rows: ${states.map((state) => `${count(rows, state)} ${state}`).join(', ')}.**`,
    '',
    `| | ${states.join(' | ')} |`,
    '| --- | --- | --- | --- | --- |',
    ...table.map(({ title, rows }) => {
      return `| ${title} | ${states.map((state) => count(rows, state) || '').join(' | ')} |`;
    }),
    '',
  ];
}

function count(rows: readonly Row[], state: State): number {
  return rows.filter((row) => row.state === state).length;
}

function describeArea({ title, about, rows }: Area): string[] {
  return [
    `## ${title}`,
    '',
    ...(about === undefined ? [] : [about, '']),
    '| at the original | state | how, or why | asked | read in |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(describeRow),
    '',
  ];
}

function describeRow({ name, original, state, note = '', proof, from }: Row): string {
  const seen = typeof original === 'string' ? quote(original) : 'no path seen';
  const asked = [...new Set(proof.map((step) => `\`${describeStep(step)}\``))].join(', ');
  return `| ${name}: ${seen} | ${state} | ${note} | ${asked} | ${from.join(', ')} |`.replaceAll('  ', ' ');
}

/** A request stands as code; what already has code in it, or is said in words, as it is. */
function quote(original: string): string {
  const isRequest = /^(?:[A-Z]+ )?(?:loginServer )?(?:\[cdn\])?\/\S+$/.test(original);
  return isRequest ? `\`${original}\`` : original;
}
