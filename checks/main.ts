import type { Check, Problem } from './check.ts';
import * as clockGiven from './clock-given.ts';
import * as clockReadOnce from './clock-read-once.ts';
import * as compatibilityCurrent from './compatibility-current.ts';
import * as endpointsCovered from './endpoints-covered.ts';
import * as eventsNamed from './events-named.ts';
import * as examplesShown from './examples-shown.ts';
import * as fieldSorts from './field-sorts.ts';
import * as growthAsked from './growth-asked.ts';
import * as imports from './imports.ts';
import * as installQuiet from './install-quiet.ts';
import * as journeyCurrent from './journey-current.ts';
import * as lockComplete from './lock-complete.ts';
import * as methodsUnnamed from './methods-unnamed.ts';
import * as openapiCurrent from './openapi-current.ts';
import * as openapiLint from './openapi-lint.ts';
import { biome, knip, oxlint } from './programs.ts';
import * as schemaAgrees from './schema-agrees.ts';
import * as sizes from './sizes.ts';
import * as speaksOfItself from './speaks-of-itself.ts';
import * as tablesOwned from './tables-owned.ts';
import * as textsCut from './texts-cut.ts';

const checks: readonly Check[] = [
  biome,
  oxlint,
  knip,
  imports,
  sizes,
  speaksOfItself,
  clockReadOnce,
  clockGiven,
  textsCut,
  methodsUnnamed,
  tablesOwned,
  lockComplete,
  installQuiet,
  endpointsCovered,
  growthAsked,
  eventsNamed,
  fieldSorts,
  schemaAgrees,
  journeyCurrent,
  compatibilityCurrent,
  openapiCurrent,
  openapiLint,
  examplesShown,
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

type Result = { name: string; milliseconds: number; problems: Problem[]; figure: string };

async function runCheck(check: Check, root: string, mostDetails: number): Promise<boolean> {
  const start = performance.now();
  const problems = await check.run(root).catch(asProblem);
  const figure = (await check.describe?.(root)) ?? '';
  report({ name: check.name, milliseconds: performance.now() - start, problems, figure }, mostDetails);
  return problems.length === 0;
}

function asProblem(error: unknown): Problem[] {
  const message = error instanceof Error ? error.message : String(error);
  return [{ file: '', message: `the check itself failed: ${message}` }];
}

function report({ name, milliseconds, problems, figure }: Result, mostDetails: number): void {
  const seconds = `${(milliseconds / 1000).toFixed(2)} s`;
  const verdict = problems.length === 0 ? 'ok' : `${problems.length} to mend`;
  const details = problems.slice(0, mostDetails).map(({ file, line, message }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return `    ${place === '' ? '' : `${place}  `}${message}`;
  });
  if (problems.length > mostDetails) {
    details.push(`    and ${problems.length - mostDetails} more; npm run check -- ${name} --all shows them`);
  }
  console.log(
    [`${name.padEnd(20)} ${seconds.padStart(8)}  ${verdict}  ${figure}`.trimEnd(), ...details].join('\n'),
  );
}
