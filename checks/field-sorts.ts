import type { Problem } from './check.ts';
import { isRecord, loadBuilt, textMember } from './reading/load-built.ts';

const table = 'server/api.ts';
const list = 'server/kit/http/harmless-parameters.ts';

export const name = 'field-sorts';

/**
 * Every field that a request may have says whether it narrows or only describes, and every object of it what
 * becomes of members that are not known. No parameter that is passed over for old clients has the name of a
 * field.
 */
export async function run(root: string): Promise<Problem[]> {
  const [api, harmless] = await Promise.all([loadBuilt(root, table), loadBuilt(root, list)]);
  if ('problem' in api) return [api.problem];
  if ('problem' in harmless) return [harmless.problem];
  const rows = [...rowsOf(api.exports.api), ...rowsOf(api.exports.sandboxApi)];
  const names = new Set<string>();
  const problems = rows.flatMap((row) => judgeRow(row, names));
  const passedOver = rowsOf(harmless.exports.harmlessParameters);
  return [
    ...problems.map((message) => ({ file: table, message })),
    ...passedOver.flatMap((entry) => judgeHarmless(entry, names)),
  ];
}

function rowsOf(exported: unknown): Record<string, unknown>[] {
  return Array.isArray(exported) ? exported.filter(isRecord) : [];
}

function judgeRow(row: Record<string, unknown>, names: Set<string>): string[] {
  const endpoint = isRecord(row.endpoint) ? row.endpoint : {};
  const operation = textMember(endpoint, 'operationId') ?? `${String(row.method)} ${String(row.path)}`;
  return (['body', 'query', 'params'] as const).flatMap((part) =>
    judgeSchema(endpoint[part], `${operation} ${part}`, names),
  );
}

/** The faults of a schema and of all below it; `path` says where it stands. */
function judgeSchema(schema: unknown, path: string, names: Set<string>): string[] {
  if (!isRecord(schema)) return [];
  const { items, anyOf, properties } = schema;
  const inner = [
    ...judgeSchema(items, `${path}[]`, names),
    ...(Array.isArray(anyOf) ? anyOf.flatMap((branch) => judgeSchema(branch, path, names)) : []),
  ];
  if (!isRecord(properties)) return inner;
  const faults = Object.entries(properties).flatMap(([field, of]) => {
    names.add(field);
    return [...judgeField(of, `${path} ${field}`), ...judgeSchema(of, `${path} ${field}`, names)];
  });
  const isSaid = schema['x-unknown'] === 'refused' || schema['x-unknown'] === 'warned';
  const unsaid = `${path} does not say what becomes of unknown members: use narrowing or describing`;
  return [...(isSaid ? [] : [unsaid]), ...faults, ...inner];
}

function judgeField(field: unknown, path: string): string[] {
  const sort = isRecord(field) ? field['x-sort'] : undefined;
  if (sort === 'narrows' || sort === 'describes') return [];
  return [`${path} does not say what it is for: declare it by narrows, narrowsIfGiven or describes`];
}

function judgeHarmless(entry: Record<string, unknown>, names: ReadonlySet<string>): Problem[] {
  const passed = textMember(entry, 'name') ?? '';
  const source = textMember(entry, 'source') ?? '';
  const isField = [...names].some((field) => field.toLowerCase() === passed.toLowerCase());
  return [
    ...(source === '' ? [{ file: list, message: `${passed} gives no source` }] : []),
    ...(isField
      ? [{ file: list, message: `${passed} is the name of a field, and may not be passed over` }]
      : []),
  ];
}
