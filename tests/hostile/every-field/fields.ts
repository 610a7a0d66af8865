import type { InputSchema } from '@leveret/server/kit/http/input-schema.js';

/** A field of a body or query: where it stands, and what it and the object around it are declared as. */
export type Field = {
  /** From the outermost in; a number is an item of a list. */
  path: readonly (string | number)[];
  name: string;
  schema: InputSchema;
  around: InputSchema;
};

/** Every field that a schema names, at any depth; of a list the fields of its first item. */
export function fieldsOf(schema: InputSchema | undefined, path: Field['path'] = []): Field[] {
  if (!schema) return [];
  const { properties = {}, items, anyOf = [] } = schema;
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => [
      { path: [...path, name], name, schema: inner, around: schema },
      ...fieldsOf(inner, [...path, name]),
    ]),
    ...fieldsOf(items, [...path, 0]),
    ...anyOf.flatMap((branch) => fieldsOf(branch, path)),
  ];
}

/** A value of the right kind, so that nothing but the name can be wrong. */
export function sampleOf(schema: InputSchema): unknown {
  const [branch] = schema.anyOf ?? [];
  if (branch) return sampleOf(branch);
  if (schema.const !== undefined) return schema.const;
  switch (schema.type) {
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'array':
      return [sampleOf(schema.items ?? {})];
    case 'object':
      return sampleOfObject(schema);
    default:
      return 'x';
  }
}

/** Where nothing is required one member that says something. */
function sampleOfObject({ properties = {}, required = [] }: InputSchema): object {
  const [first] = required.length === 0 ? Object.entries(properties) : [];
  return first === undefined ? {} : { [first[0]]: sampleOf(first[1]) };
}

/** The path as a refusal writes it. */
export function shownPath(path: Field['path']): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
}

/** The body with another member at the path, and without the one that it stands for. */
export function withMember(
  body: object,
  path: Field['path'],
  { name, value }: { name: string; value: unknown },
): object {
  const copy = structuredClone(body);
  let inner = copy as Record<string | number, unknown>;
  path.slice(0, -1).forEach((step, at) => {
    const next = inner[step];
    if (typeof next !== 'object' || next === null) inner[step] = typeof path[at + 1] === 'number' ? [] : {};
    inner = inner[step] as Record<string | number, unknown>;
  });
  const last = path.at(-1);
  if (last !== undefined) delete inner[last];
  inner[name] = value;
  return copy;
}

/** What stands at the path's object in a body; nothing where it is not there. */
export function around(body: object, path: Field['path']): Record<string, unknown> {
  let inner: unknown = body;
  for (const step of path.slice(0, -1)) {
    inner = typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined;
  }
  return typeof inner === 'object' && inner !== null ? { ...inner } : {};
}
