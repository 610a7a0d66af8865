import type { Problem } from './check.ts';
import { isRecord, loadBuilt, textMember } from './reading/load-built.ts';

export const name = 'growth-asked';

type Pair = {
  table: string;
  member: string;
  lineOf: (row: unknown) => string;
  asked: string;
  answers: string;
};

const pairs: readonly Pair[] = [
  {
    table: 'server/api.ts',
    member: 'api',
    lineOf: (row) => `${textMember(row, 'method')} ${textMember(row, 'path')}`,
    asked: 'bench/growth/questions.ts',
    answers: 'questions',
  },
  {
    table: 'server/commands/verbs.ts',
    member: 'verbs',
    lineOf: (row) => textMember(row, 'name') ?? '',
    asked: 'bench/growth/commands.ts',
    answers: 'commands',
  },
];

/**
 * Every endpoint and every command is asked of a large database by `npm run bench -- --old-orders`, or says
 * why not; nothing is asked that is gone. Jobs are taken from their table as they are.
 */
export async function run(root: string): Promise<Problem[]> {
  return (await Promise.all(pairs.map((pair) => checkPair(root, pair)))).flat();
}

async function checkPair(root: string, pair: Pair): Promise<Problem[]> {
  const [table, asked] = await Promise.all([loadBuilt(root, pair.table), loadBuilt(root, pair.asked)]);
  if ('problem' in table) return [table.problem];
  if ('problem' in asked) return [asked.problem];
  const rows = table.exports[pair.member];
  const answers = asked.exports[pair.answers];
  if (!Array.isArray(rows) || !isRecord(answers)) return [{ file: pair.asked, message: 'exports no table' }];
  const lines = new Set(rows.map(pair.lineOf));
  const missing = [...lines].filter((line) => !(line in answers));
  const gone = Object.keys(answers).filter((line) => !lines.has(line));
  return [
    ...missing.map((line) => ({ file: pair.asked, message: `asks nothing for ${line}` })),
    ...gone.map((line) => ({ file: pair.asked, message: `${line} is not in ${pair.table}` })),
  ];
}
