import type { Schema } from '../../hostile/fuzz/schema.ts';
import type { Target } from '../../hostile/fuzz/targets.ts';
import type { ClientCall } from '../client-calls.ts';
import type { ForeignValue } from './foreign-values.ts';

/** Where a value is put: a call that is the stranger's own but for that one place. */
export type Place = {
  what: string;
  takes: 'any' | 'text' | 'number';
  /** Whether a value here chooses a thing, so that another's must be as unknown as nobody's. */
  selects: boolean;
  put(value: string | number): ClientCall;
};

/** Every place of an operation that can name something: in the path, behind it, and anywhere in the body. */
export function placesOf(target: Target, own: ClientCall): Place[] {
  return [...pathPlaces(target, own), ...queryPlaces(target, own), ...bodyPlaces(target, own)];
}

export function fits({ value }: ForeignValue, { takes }: Place): boolean {
  return takes === 'any' || typeof value === (takes === 'text' ? 'string' : 'number');
}

function pathPlaces(target: Target, own: ClientCall): Place[] {
  const [path = '', query] = own.path.split('?');
  const parts = path.split('/');
  return target.path.split('/').flatMap((part, index): Place[] => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return [];
    const put = (value: string | number) => {
      const changed = parts.with(index, encodeURIComponent(String(value))).join('/');
      return { ...own, path: query === undefined ? changed : `${changed}?${query}` };
    };
    return [{ what: `path ${name}`, takes: 'any', selects: true, put }];
  });
}

function queryPlaces(target: Target, own: ClientCall): Place[] {
  const [path = '', query = ''] = own.path.split('?');
  const names = target.parameters.filter((one) => one.in === 'query').map((one) => one.name);
  return names.map((name) => ({
    what: `query ${name}`,
    takes: 'any',
    selects: selecting.test(name),
    put(value) {
      const changed = new URLSearchParams(query);
      changed.set(name, String(value));
      return { ...own, path: `${path}?${changed}` };
    },
  }));
}

/** Names of fields that choose a thing; others only describe, and rules about them differ by the value. */
const selecting = /(Id|Ref|Code|Number|product|offer|issue|credential|email|phone|user|client|account)s?$/i;

function bodyPlaces(target: Target, own: ClientCall): Place[] {
  if (!target.body) return [];
  return leavesOf(target.body, []).map(({ path, takes }) => ({
    what: `body ${path.join('.')}`,
    takes,
    selects: takes === 'text' && selecting.test(String(path.findLast((part) => part !== 0))),
    put: (value) => ({ ...own, body: withValue(own.body ?? {}, path, value) }),
  }));
}

type Leaf = { path: readonly (string | 0)[]; takes: 'text' | 'number' };

/** Fields that can hold an id; what is one of a few words, or true or false, names nothing. */
function leavesOf(schema: Schema, path: Leaf['path']): Leaf[] {
  if (schema.enum !== undefined || schema.const !== undefined) return [];
  if (schema.anyOf) return schema.anyOf.flatMap((branch) => leavesOf(branch, path)).slice(0, 20);
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
  if (schema.items) return leavesOf(schema.items, [...path, 0]);
  const type = [schema.type].flat()[0];
  if (type === 'string') return [{ path, takes: 'text' }];
  return type === 'integer' || type === 'number' ? [{ path, takes: 'number' }] : [];
}

/** A copy with one value in one place; what leads there is kept, and made where it is not there. */
function withValue(body: object, path: Leaf['path'], value: string | number): object {
  const [first, ...rest] = path;
  if (first === undefined) return body;
  const inner: unknown = Reflect.get(body, first);
  const made = typeof inner === 'object' && inner !== null ? inner : rest[0] === 0 ? [] : {};
  const changed = rest.length === 0 ? value : withValue(made, rest, value);
  return Array.isArray(body) ? [changed, ...body.slice(1)] : { ...body, [first]: changed };
}
