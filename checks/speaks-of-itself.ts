import { extname } from 'node:path';
import type { Problem } from './check.ts';
import { listFiles, readText } from './reading/list-files.ts';

type Rule = { pattern: RegExp; message: string; files?: RegExp; except?: RegExp; skipsComments?: boolean };

const code = /\.(?:tsx?|mjs)$/;
const tests = /\.test\.tsx?$|^tests\/.*\.tsx?$/;

/** Files that spell what they refuse. */
const spellsIt = /^checks\/speaks-of-itself(?:\.test)?\.ts$/;

const rules: readonly Rule[] = [
  {
    pattern: /(?<![\w.:/-])\/(?:home|Users|root|work|workspace|mnt)\/\w/,
    message: 'names a place on one machine',
  },
  {
    pattern: /registry\.(?:npmjs|yarnpkg|npmmirror)\.|\bnpm\.pkg\.github\.com|\/artifactory\/|\bverdaccio\b/,
    message: 'names a package registry; the lock file and .npmrc leave that to the machine',
  },
  {
    pattern: /"resolved": "http/,
    message: 'carries a download address; see .npmrc',
    files: /package-lock\.json$/,
  },
  {
    pattern:
      /\b(?:test|it|describe|suite|t|context)\.(?:skip|only|todo)\b|\b(?:skip|only|todo): ?(?:true|['"`])/,
    message: 'skips tests or runs only some',
    files: tests,
  },
  {
    pattern: /\bsetTimeout\(|\bsleep\(|setTimeout\b.*node:timers\/promises/,
    message: 'waits by the clock; wait for the event, or move the test clock',
    files: tests,
    // The one place that polls until something outside the process is so.
    except: /\/until\.ts$/,
  },
  { pattern: /\b(?:TODO|FIXME)\b/, message: 'leaves work behind; do it or open an issue' },
  {
    pattern: /(?::|\bas|<|\|) ?any\b(?! [a-z])/,
    message: 'any; say unknown and read it',
    files: code,
    skipsComments: true,
  },
  { pattern: /@ts-(?:ignore|nocheck)/, message: 'silences the compiler', files: code },
  // In a test it proves that the compiler refuses something.
  { pattern: /@ts-expect-error/, message: 'silences the compiler', files: code, except: tests },
];

const texts = new Set(
  '.ts .tsx .mjs .js .json .md .sql .txt .yml .yaml .html .css .sh .svg'.split(' ').concat(''),
);

export const name = 'speaks-of-itself';

/** The project names no machine and no registry, leaves no work behind, and no test is skipped or sleeps. */
export async function run(root: string): Promise<Problem[]> {
  const files = (await listFiles(root)).filter((file) => texts.has(extname(file)) && !spellsIt.test(file));
  const problems = await Promise.all(
    files.map(async (file) => checkText(file, (await readText(root, file)) ?? '')),
  );
  return problems.flat();
}

function checkText(file: string, text: string): Problem[] {
  const applying = rules.filter(
    (rule) => (rule.files?.test(file) ?? true) && rule.except?.test(file) !== true,
  );
  if (!applying.some((rule) => rule.pattern.test(text))) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      applying
        .filter((rule) => rule.pattern.test(rule.skipsComments ? withoutComment(line) : line))
        .map((rule) => ({ file, line: index + 1, message: `${rule.message}: ${line.trim().slice(0, 80)}` })),
    );
}

function withoutComment(line: string): string {
  return line.replace(/^\s*(?:\/?\*|\/\/).*|\s\/\/\s.*/, '');
}
