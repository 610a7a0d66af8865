import { Visitor } from 'oxc-parser';
import type { Problem } from './check.ts';
import { listFiles, readText } from './reading/list-files.ts';
import { lineAt, readSources, type Source } from './reading/read-sources.ts';

const fileLimit = 300;
const lineLimit = 110;
/** The name of a test is one string, and says more when it is a whole sentence. */
const testLineLimit = 125;
/** Its lines are texts for people, one of each. */
const texts = 'server/kit/problem-codes.ts';

export const name = 'sizes';

/**
 * Holds what other programs do not look at: the width of comments and texts, which biome cannot break, and
 * the length of migrations. Files and functions of code are held by oxlint.
 */
export async function run(root: string): Promise<Problem[]> {
  const sources = [...(await readSources(root)).values()];
  return [...sources.flatMap(checkWidth), ...(await checkMigrations(root))];
}

function checkWidth({ path, text }: Source): Problem[] {
  if (path === texts) return [];
  const limit = path.endsWith('.test.ts') ? testLineLimit : lineLimit;
  return linesOf(text).flatMap((line, index) => {
    const isTooLong = line.length > limit && !/https?:\/\/\S+/.test(line);
    if (!isTooLong) return [];
    return [{ file: path, line: index + 1, message: `${line.length} columns, at most ${limit}` }];
  });
}

async function checkMigrations(root: string): Promise<Problem[]> {
  const files = await listFiles(root, 'server/database/migrations');
  const problems = await Promise.all(
    files.map(async (file) => {
      const lines = linesOf((await readText(root, file)) ?? '').length;
      if (lines <= fileLimit) return [];
      return [{ file, message: `${lines} lines, at most ${fileLimit}: split it by role` }];
    }),
  );
  return problems.flat();
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** The figures behind the aim: median file under 90 lines, median function under 12. */
export async function describeSizes(root: string): Promise<string[]> {
  const sources = [...(await readSources(root)).values()];
  const isTest = ({ path }: Source) => /\.test\.tsx?$|^tests\//.test(path);
  const [tests, code] = [sources.filter(isTest), sources.filter((source) => !isTest(source))];
  return [describeGroup('code ', code), describeGroup('tests', tests)];
}

function describeGroup(label: string, sources: Source[]): string {
  const files = sources.map(({ path, text }) => ({ where: path, lines: linesOf(text).length }));
  const functions = sources.flatMap(measureFunctions);
  return `${label}  ${describeLengths('file', files)};  ${describeLengths('function', functions)}`;
}

type Length = { where: string; lines: number };

/** Functions with a body of statements. */
function measureFunctions({ path, text, parsed }: Source): Length[] {
  const found: Length[] = [];
  const measure = (node: { start: number; end: number; body: { type: string } | null }) => {
    if (node.body?.type !== 'BlockStatement') return;
    const first = lineAt(text, node.start);
    found.push({ where: `${path}:${first}`, lines: lineAt(text, node.end) - first + 1 });
  };
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(parsed.program);
  return found;
}

function describeLengths(kind: string, sizes: Length[]): string {
  const sorted = sizes.toSorted((one, other) => one.lines - other.lines);
  const median = sorted[Math.floor(sorted.length / 2)]?.lines ?? 0;
  const longest = sorted.at(-1);
  const most = `${longest?.lines ?? 0} (${longest?.where ?? '-'})`;
  return `${sorted.length} ${kind}s, median ${median} lines, longest ${most}`;
}
