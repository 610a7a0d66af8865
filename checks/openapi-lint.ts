import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Problem } from './check.ts';
import { findAmbiguousPaths } from './reading/find-ambiguous-paths.ts';
import { readText } from './reading/list-files.ts';
import { isRecord, textMember } from './reading/load-built.ts';

const document = 'openapi.json';
const linter = 'node_modules/@redocly/cli/bin/cli.js';

export const name = 'openapi-lint';

/** The description of the API keeps the recommended rules of Redocly's linter, as redocly.yaml says. */
export async function run(root: string): Promise<Problem[]> {
  const parsed: unknown = JSON.parse((await readText(root, document)) ?? '{}');
  const paths = isRecord(parsed) && isRecord(parsed.paths) ? parsed.paths : {};
  const ambiguous = findAmbiguousPaths(paths).map(([one, other]) => ({
    file: document,
    message: `an address can be both ${one} and ${other}: choose another path`,
  }));
  return [...ambiguous, ...(await lint(root))];
}

function lint(root: string): Promise<Problem[]> {
  const options = [join(root, linter), 'lint', document, '--format=json', '--max-problems=200'];
  // It asks its makers for news, and tells them that it ran, unless told not to.
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return new Promise((resolve) => {
    execFile(process.execPath, options, { cwd: root, env }, (error, output, complaints) => {
      const problems = readProblems(output);
      resolve(problems ?? [{ file: document, message: complaints || error?.message || 'was not linted' }]);
    });
  });
}

/** What the linter found; nothing where it has not come so far. */
function readProblems(output: string): Problem[] | undefined {
  const start = output.indexOf('{');
  const report: unknown = start < 0 ? undefined : JSON.parse(output.slice(start));
  if (!isRecord(report) || !Array.isArray(report.problems)) return undefined;
  return report.problems.map((problem: unknown) => {
    const [place]: unknown[] = isRecord(problem) && Array.isArray(problem.location) ? problem.location : [];
    const message = textMember(problem, 'message') ?? 'breaks a rule';
    return {
      file: document,
      message: `${textMember(place, 'pointer') ?? ''} ${message} (${textMember(problem, 'ruleId') ?? ''})`,
    };
  });
}
