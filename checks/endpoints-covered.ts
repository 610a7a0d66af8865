import type { Problem } from './check.ts';
import { listFiles, readText } from './reading/list-files.ts';
import { isRecord, loadBuilt, textMember } from './reading/load-built.ts';

const table = 'server/api.ts';
const exceptionsFile = 'checks/endpoints-without-access-test.txt';

export const name = 'endpoints-covered';

/**
 * Every operation of the route table is named in a test below tests/access, or in the reviewed file of
 * exceptions with a reason. An exception that is no longer needed is a fault as well.
 */
export async function run(root: string): Promise<Problem[]> {
  const loaded = await loadBuilt(root, table);
  if ('problem' in loaded) return [loaded.problem];
  const api = loaded.exports.api;
  if (!Array.isArray(api)) return [{ file: table, message: 'exports no array `api`' }];
  const operations = new Set(api.map(operationOf));
  const tested = wordsOf(await readAccessTests(root));
  const exceptions = readExceptions((await readText(root, exceptionsFile)) ?? '');
  const uncovered = [...operations].filter((operation) => !tested.has(operation));
  return [
    ...uncovered
      .filter((operation) => !exceptions.some((exception) => exception.operation === operation))
      .map((operation) => ({
        file: table,
        message: `${operation} has no access test below tests/access, nor a reason in ${exceptionsFile}`,
      })),
    ...exceptions.flatMap(({ operation, reason, line }) => {
      if (reason === '') return [{ file: exceptionsFile, line, message: `${operation} gives no reason` }];
      if (uncovered.includes(operation)) return [];
      return [
        { file: exceptionsFile, line, message: `${operation} needs no exception (any more); take it out` },
      ];
    }),
  ];
}

function operationOf(route: unknown): string {
  const endpoint = isRecord(route) ? route.endpoint : undefined;
  return textMember(endpoint, 'operationId') ?? `${textMember(route, 'method')} ${textMember(route, 'path')}`;
}

async function readAccessTests(root: string): Promise<string> {
  const files = (await listFiles(root, 'tests/access')).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readText(root, file)));
  return texts.join('\n');
}

function wordsOf(text: string): Set<string> {
  return new Set(text.match(/\w+(?:-\w+)*/g) ?? []);
}

/** Lines of `operationId reason in words`; `#` begins a comment. */
function readExceptions(text: string): { operation: string; reason: string; line: number }[] {
  return text.split('\n').flatMap((line, index) => {
    const [, operation, reason = ''] = /^\s*([^\s#]\S*)\s*(.*)$/.exec(line) ?? [];
    return operation === undefined ? [] : [{ operation, reason, line: index + 1 }];
  });
}
