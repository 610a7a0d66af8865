import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Check, Problem } from './check.ts';

/** Formatting and the order of imports. */
export const biome: Check = {
  name: 'biome',
  run: (root) =>
    runProgram(root, 'biome', ['check', '--reporter=github', '--max-diagnostics=200', '.'], readBiome),
  fix: async (root) => {
    await runProgram(root, 'biome', ['check', '--write', '.'], readBiome);
  },
};

/** Lint with types: promises left alone, switches that miss a case, and what .oxlintrc.json says. */
export const oxlint: Check = {
  name: 'oxlint',
  run: (root) => runProgram(root, 'oxlint', ['--format=unix'], readOxlint),
};

function runProgram(
  root: string,
  program: string,
  options: string[],
  read: (line: string, root: string) => Problem[],
): Promise<Problem[]> {
  const path = join(root, 'node_modules/.bin', program);
  return new Promise((resolve) => {
    execFile(path, options, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, output, complaints) => {
      const problems = error ? output.split('\n').flatMap((line) => read(line, root)) : [];
      const isUnread = error && problems.length === 0;
      resolve(isUnread ? [{ file: '', message: output + complaints || error.message }] : problems);
    });
  });
}

/** `::error title=format,file=a.ts,line=1,endLine=…::message` */
function readBiome(line: string, root: string): Problem[] {
  const found = /^::\w+ title=(.*?),file=(.*?),line=(\d+),.*?::(.*)$/.exec(line);
  if (!found) return [];
  const [, rule = '', file = '', at = '1', text = ''] = found;
  const message =
    rule === 'format' ? 'is not formatted; npm run check -- --fix does it' : `${text} (${rule})`;
  return [{ file: file.replace(`${root}/`, ''), line: Number(at), message }];
}

/** `a.ts:1:2: message [Error/rule]` */
function readOxlint(line: string): Problem[] {
  const found = /^(.+?):(\d+):\d+: (.*)$/.exec(line);
  return found ? [{ file: found[1] ?? '', line: Number(found[2]), message: found[3] ?? '' }] : [];
}
