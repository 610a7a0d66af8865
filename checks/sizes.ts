import { posix } from 'node:path';
import type { Problem } from './check.ts';
import { listFiles, readText } from './reading/list-files.ts';
import { type FoundFunction, readFunctions } from './reading/read-functions.ts';
import { readSources, type Source } from './reading/read-sources.ts';

const fileLimit = 300;
const functionLimit = 70;
const lineLimit = 110;
/** The name of a test is one string, and says more when it is a whole sentence. */
const testLineLimit = 125;

/** Tables hold no logic and may be as long as what they list. */
const tables = [
  'server/{journey,api,jobs}.ts',
  'server/payments/methods/list.ts',
  'server/kit/problem-codes.ts',
  'checks/import-rules.ts',
  'tests/hostile/hostile-addresses.ts',
];

export const name = 'sizes';

/** Holds files, functions and lines to the sizes that a reader can take in. */
export async function run(root: string): Promise<Problem[]> {
  const sources = [...(await readSources(root)).values()];
  return [...sources.flatMap(checkSource), ...(await checkMigrations(root))];
}

function checkSource(source: Source): Problem[] {
  if (tables.some((pattern) => posix.matchesGlob(source.path, pattern))) return [];
  const lines = linesOf(source.text);
  const limit = source.path.endsWith('.test.ts') ? testLineLimit : lineLimit;
  const long = lines.flatMap((text, index) => {
    const isTooLong = text.length > limit && !/https?:\/\/\S+/.test(text);
    if (!isTooLong) return [];
    return [{ file: source.path, line: index + 1, message: `${text.length} columns, at most ${limit}` }];
  });
  const functions = readFunctions(source.tokens)
    .filter((found) => found.lines > functionLimit)
    .map((found) => ({ file: source.path, line: found.line, message: tooLong(found) }));
  return [...checkLength(source.path, lines.length), ...functions, ...long];
}

function tooLong(found: FoundFunction): string {
  return `the function ${found.name} has ${found.lines} lines, at most ${functionLimit}: split it by role`;
}

function checkLength(file: string, lines: number): Problem[] {
  return lines > fileLimit
    ? [{ file, message: `${lines} lines, at most ${fileLimit}: split it by role` }]
    : [];
}

async function checkMigrations(root: string): Promise<Problem[]> {
  const files = await listFiles(root, 'server/database/migrations');
  const problems = await Promise.all(
    files.map(async (file) => checkLength(file, linesOf((await readText(root, file)) ?? '').length)),
  );
  return problems.flat();
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** The figures behind the aim: median file under 90 lines, median function under 12. */
export async function describeSizes(root: string): Promise<string[]> {
  const sources = [...(await readSources(root)).values()];
  const isTest = (source: Source) => /\.test\.tsx?$|^tests\//.test(source.path);
  return [
    describeGroup(
      'code ',
      sources.filter((source) => !isTest(source)),
    ),
    describeGroup('tests', sources.filter(isTest)),
  ];
}

function describeGroup(label: string, sources: Source[]): string {
  const files = sources.map((source) => ({ where: source.path, lines: linesOf(source.text).length }));
  const functions = sources.flatMap((source) =>
    readFunctions(source.tokens).map(({ line, lines }) => ({ where: `${source.path}:${line}`, lines })),
  );
  return `${label}  ${describeLengths('file', files)};  ${describeLengths('function', functions)}`;
}

function describeLengths(kind: string, sizes: { where: string; lines: number }[]): string {
  const sorted = sizes.toSorted((one, other) => one.lines - other.lines);
  const median = sorted[Math.floor(sorted.length / 2)]?.lines ?? 0;
  const longest = sorted.at(-1);
  const most = `${longest?.lines ?? 0} (${longest?.where ?? '-'})`;
  return `${sorted.length} ${kind}s, median ${median} lines, longest ${most}`;
}
