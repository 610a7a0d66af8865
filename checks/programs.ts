import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Check, Problem } from './check.ts';
import { isRecord, textMember } from './reading/load-built.ts';

/** Formatting and the order of imports. */
export const biome: Check = {
  name: 'biome',
  run: (root) =>
    runProgram(root, 'biome', ['check', '--reporter=github', '--max-diagnostics=200', '.'], readBiome),
  fix: async (root) => {
    await runProgram(root, 'biome', ['check', '--write', '.'], readBiome);
  },
};

/** Lint with types: promises left alone, circles, sizes, and what else .oxlintrc.json says. */
export const oxlint: Check = {
  name: 'oxlint',
  run: (root) => runProgram(root, 'oxlint', ['--format=unix'], readOxlint),
};

const knipOptions = [
  '--config=checks/knip/knip.json',
  // It resolves our packages to their source; by their own settings `exports` makes every file an entry.
  '--tsConfig=checks/knip/tsconfig.json',
  '--no-progress',
  '--no-config-hints',
  '--reporter=json',
];

/** Every file is reached from an entry, every exported name is used by another file; tests count. */
export const knip: Check = {
  name: 'knip',
  run: (root) => runProgram(root, 'knip', knipOptions, readKnip),
};

function runProgram(
  root: string,
  program: string,
  options: string[],
  read: (output: string, root: string) => Problem[],
): Promise<Problem[]> {
  const path = fileURLToPath(new URL(`../../node_modules/.bin/${program}`, import.meta.url));
  return new Promise((resolve) => {
    execFile(path, options, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, output, complaints) => {
      const problems = error ? read(output, root) : [];
      const isUnread = error && problems.length === 0;
      resolve(isUnread ? [{ file: '', message: output + complaints || error.message }] : problems);
    });
  });
}

/** Lines of `::error title=format,file=a.ts,line=1,endLine=…::message` */
function readBiome(output: string, root: string): Problem[] {
  return [...output.matchAll(/^::\w+ title=(.*?),file=(.*?),line=(\d+),.*?::(.*)$/gm)].map(
    ([, rule = '', file = '', line = '1', text = '']) => {
      const message =
        rule === 'format' ? 'is not formatted; npm run check -- --fix does it' : `${text} (${rule})`;
      return { file: file.replace(`${root}/`, ''), line: Number(line), message };
    },
  );
}

/** Lines of `a.ts:1:2: message [Error/rule]` */
function readOxlint(output: string): Problem[] {
  return [...output.matchAll(/^(.+?):(\d+):\d+: (.*)$/gm)].map(([, file = '', line = '1', message = '']) => ({
    file,
    line: Number(line),
    message,
  }));
}

const unused = {
  files: () => 'is imported by nothing; delete it or use it',
  exports: (name: string) => `${name} is exported but no other file uses it`,
  types: (name: string) => `${name} is exported but no other file uses it`,
};

/** `{ issues: [{ file, files: [{ name }], exports: [{ name, line }], types: […] }] }` */
function readKnip(output: string): Problem[] {
  const report: unknown = output.startsWith('{') ? JSON.parse(output) : undefined;
  const issues = isRecord(report) && Array.isArray(report.issues) ? report.issues.filter(isRecord) : [];
  return issues.flatMap((issue) =>
    Object.entries(unused).flatMap(([kind, say]) => {
      const found = issue[kind];
      return (Array.isArray(found) ? found.filter(isRecord) : []).map((one) => ({
        file: textMember(issue, 'file') ?? '',
        ...(typeof one.line === 'number' ? { line: one.line } : {}),
        message: say(textMember(one, 'name') ?? ''),
      }));
    }),
  );
}
