/** The part of JSON Schema that the API's description uses. */
export type Schema = {
  type?: string | readonly string[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  enum?: readonly unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  $ref?: string;
};

/** Where a value breaks its schema, as `orders[0].orderId must be integer`; nothing where it fits. */
export function findBreach(schema: Schema, value: unknown, place = 'the reply'): string | undefined {
  if (schema.anyOf) {
    const fits = schema.anyOf.some((branch) => findBreach(branch, value) === undefined);
    return fits ? undefined : `${place} fits no alternative`;
  }
  if (schema.enum && !schema.enum.includes(value)) return `${place} must be one of ${schema.enum.join(', ')}`;
  if (schema.const !== undefined && schema.const !== value)
    return `${place} must be ${JSON.stringify(schema.const)}`;
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isOfType(type, value))) {
    return `${place} must be ${[schema.type].flat().join(' or ')}`;
  }
  if (Array.isArray(value)) return first(value, (item, index) => breachOfItem(schema, item, place, index));
  return typeof value === 'object' && value !== null ? breachOfMembers(schema, value, place) : undefined;
}

function breachOfItem(schema: Schema, item: unknown, place: string, index: number): string | undefined {
  return schema.items ? findBreach(schema.items, item, `${place}[${index}]`) : undefined;
}

function breachOfMembers(schema: Schema, value: object, place: string): string | undefined {
  const missing = schema.required?.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `${place}.${missing} is missing`;
  return first(Object.entries(value), ([name, member]) => {
    const inner = schema.properties?.[name];
    return inner && findBreach(inner, member, `${place}.${name}`);
  });
}

function first<Item>(items: readonly Item[], find: (item: Item, index: number) => string | undefined) {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
