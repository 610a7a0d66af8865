import type { Check, Problem } from './check.ts';
import * as deadFiles from './dead-files.ts';
import * as endpointsCovered from './endpoints-covered.ts';
import * as errorsDocumented from './errors-documented.ts';
import * as fieldSorts from './field-sorts.ts';
import * as imports from './imports.ts';
import * as journeyDiagram from './journey-diagram.ts';
import * as lockComplete from './lock-complete.ts';
import * as openapiCurrent from './openapi-current.ts';
import { biome, oxlint } from './programs.ts';
import * as schemaAgrees from './schema-agrees.ts';
import * as sizes from './sizes.ts';
import * as speaksOfItself from './speaks-of-itself.ts';

const checks: readonly Check[] = [
  biome,
  oxlint,
  imports,
  sizes,
  deadFiles,
  speaksOfItself,
  lockComplete,
  endpointsCovered,
  errorsDocumented,
  fieldSorts,
  schemaAgrees,
  journeyDiagram,
  openapiCurrent,
];

/**
 * Runs the checks whose names are among the arguments, or all; prints a line for each and the details of
 * what failed. `--fix` writes first what can be generated, `--sizes` adds the figures,
 * `--all` shows every detail. Answers whether all passed.
 */
export async function runChecks(root: string, options: readonly string[]): Promise<boolean> {
  const wanted = options.filter((option) => !option.startsWith('-'));
  const chosen = checks.filter((check) => wanted.length === 0 || wanted.includes(check.name));
  if (options.includes('--fix')) {
    for (const check of chosen) await check.fix?.(root);
  }
  const mostDetails = options.includes('--all') ? Number.POSITIVE_INFINITY : 20;
  const passed = await Promise.all(chosen.map((check) => runCheck(check, root, mostDetails)));
  if (options.includes('--sizes')) console.log((await sizes.describeSizes(root)).join('\n'));
  return passed.every(Boolean);
}

async function runCheck(check: Check, root: string, mostDetails: number): Promise<boolean> {
  const start = performance.now();
  const problems = await check.run(root).catch(asProblem);
  report(check.name, performance.now() - start, problems, mostDetails);
  return problems.length === 0;
}

function asProblem(error: unknown): Problem[] {
  const message = error instanceof Error ? error.message : String(error);
  return [{ file: '', message: `the check itself failed: ${message}` }];
}

function report(name: string, milliseconds: number, problems: Problem[], mostDetails: number): void {
  const seconds = `${(milliseconds / 1000).toFixed(2)} s`;
  const verdict = problems.length === 0 ? 'ok' : `${problems.length} to mend`;
  const details = problems.slice(0, mostDetails).map(({ file, line, message }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return `    ${place === '' ? '' : `${place}  `}${message}`;
  });
  if (problems.length > mostDetails) {
    details.push(`    and ${problems.length - mostDetails} more; npm run check -- ${name} --all shows them`);
  }
  console.log([`${name.padEnd(20)} ${seconds.padStart(8)}  ${verdict}`, ...details].join('\n'));
}
