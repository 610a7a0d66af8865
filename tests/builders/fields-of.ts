import type { JsonValue, Reply } from './demo-client.ts';

export type Fields = Record<string, JsonValue>;

/** The first entry of a list in a reply; none is an error that shows the reply. */
export function firstOf(reply: Reply, list: string): Fields {
  const items = reply.body[list];
  const [first] = Array.isArray(items) ? items : [];
  if (typeof first !== 'object' || first === null || Array.isArray(first)) {
    throw new Error(`no ${list} in ${JSON.stringify(reply.body)}`);
  }
  return first;
}

export function numberAt(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number') throw new Error(`no number ${name} in ${JSON.stringify(fields)}`);
  return value;
}

export function textAt(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new Error(`no text ${name} in ${JSON.stringify(fields)}`);
  return value;
}
