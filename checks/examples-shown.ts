import type { Problem } from './check.ts';
import { readText } from './reading/list-files.ts';
import { isRecord, textMember } from './reading/load-built.ts';

const document = 'openapi.json';

export const name = 'examples-shown';

/**
 * Every operation can be tried by pasting: each body, and each parameter of a path, has an example. That they
 * are accepted is what tests/journeys/pasted-examples.test.ts proves.
 */
export async function run(root: string): Promise<Problem[]> {
  const parsed: unknown = JSON.parse((await readText(root, document)) ?? '{}');
  const paths = isRecord(parsed) && isRecord(parsed.paths) ? parsed.paths : {};
  return Object.values(paths).flatMap((item) =>
    Object.values(isRecord(item) ? item : {}).flatMap((operation) => {
      const operationId = textMember(operation, 'operationId') ?? 'an operation';
      return lacking(operation).map((message) => ({ file: document, message: `${operationId} ${message}` }));
    }),
  );
}

function lacking(operation: unknown): string[] {
  if (!isRecord(operation)) return [];
  const { parameters, requestBody } = operation;
  const inPath = (Array.isArray(parameters) ? parameters : []).filter(
    (one) => isRecord(one) && one.in === 'path' && one.example === undefined,
  );
  const contents = isRecord(requestBody) && isRecord(requestBody.content) ? requestBody.content : {};
  const bodies = Object.values(contents).filter((one) => isRecord(one) && one.example === undefined);
  return [
    ...inPath.map((one) => `lacks an example: add ${textMember(one, 'name')} to examples.params`),
    ...bodies.map(() => 'lacks an example: add examples.body, as a site would send it'),
  ];
}
