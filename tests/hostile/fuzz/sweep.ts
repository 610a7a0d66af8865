import { type Caller, contentTypeOf, type Made, textOf } from './make-request.ts';
import type { Words } from './make-value.ts';
import type { Schema } from './schema.ts';
import { rawMark, replaceRawMarks } from './spoil.ts';
import type { Target } from './targets.ts';

/** What every single field is given once, where chance might pass it by. */
const values: readonly unknown[] = [
  '\u0000',
  'DEMO\u0000',
  '\ud800',
  'x'.repeat(5000),
  '',
  '1e5',
  null,
  true,
  [],
  [null],
  {},
  -1,
  1e15,
  99_999_999_999.99,
  rawMark('1e400'),
  rawMark('0.001'),
  rawMark(`${'['.repeat(3000)}${']'.repeat(3000)}`),
];

type Place = readonly (string | 0)[];

/** A good request for every field of every endpoint and every value, with the value in that field alone. */
export function* sweep(targets: readonly Target[], caller: Caller): Generator<Made> {
  for (const target of targets) {
    for (const value of values) {
      for (const place of placesOf(target.body, [])) yield inBody(target, caller, place, value);
      for (const { name, in: where } of target.parameters) {
        if (where !== 'header') yield inAddress(target, caller, name, value);
      }
    }
  }
}

function* placesOf(schema: Schema | undefined, place: Place): Generator<Place> {
  if (!schema) return;
  yield place;
  for (const [name, inner] of Object.entries(schema.properties ?? {}))
    yield* placesOf(inner, [...place, name]);
  yield* placesOf(schema.items, [...place, 0]);
}

function inBody(target: Target, caller: Caller, place: Place, value: unknown): Made {
  const good = caller.bodies[target.name]?.[0] ?? goodOf(caller.words, target.body ?? {}, '');
  const put = putAt(caller.words, target.body ?? {}, good, place, value);
  const isForm = contentTypeOf(target) !== 'application/json';
  const text = isForm ? writeForm(put) : replaceRawMarks(JSON.stringify(put));
  return { ...goodRequest(target, caller), body: Buffer.from(text) };
}

function inAddress(target: Target, caller: Caller, name: string, value: unknown): Made {
  const text = encodeURIComponent(replaceRawMarks(textOf(value).toWellFormed()).slice(0, 2000));
  const good = goodRequest(target, caller);
  const path = target.path.replaceAll(/\{(\w+)\}/g, (_place, other) =>
    other === name ? text : wordOf(caller, other),
  );
  const isInPath = target.path.includes(`{${name}}`);
  return { ...good, url: isInPath ? path : `${path}?${name}=${text}` };
}

function goodRequest(target: Target, caller: Caller): Made {
  const headers: [string, string][] = [];
  if (target.needsToken) headers.push(['authorization', caller.authorization]);
  if (target.kind === 'notice') headers.push(['authorization', caller.noticeAuthorizations[0] ?? '']);
  if (target.kind === 'page') headers.push(['accept', 'text/html'], ['cookie', caller.cookie]);
  const body = target.body && goodOf(caller.words, target.body, '');
  if (target.body) headers.push(['content-type', contentTypeOf(target)]);
  const isForm = contentTypeOf(target) !== 'application/json';
  return {
    target,
    method: target.method,
    url: target.path.replaceAll(/\{(\w+)\}/g, (_place, name) => wordOf(caller, name)),
    headers,
    body: target.body && Buffer.from(isForm ? writeForm(body) : JSON.stringify(body)),
    isAuthorized: true,
  };
}

function wordOf({ words }: Caller, name: string): string {
  return encodeURIComponent(textOf(words[name]?.[0] ?? '1'));
}

function writeForm(value: unknown): string {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new URLSearchParams(fields.map(([name, field]) => [name, textOf(field)])).toString();
}

/** The least that fits the schema. */
function goodOf(words: Words, schema: Schema, name: string): unknown {
  const known = words[name]?.[0];
  if (known !== undefined) return known;
  if (schema.anyOf?.[0]) return goodOf(words, schema.anyOf[0], name);
  if (schema.enum) return schema.enum[0];
  switch ([schema.type].flat()[0]) {
    case 'object': {
      const required = schema.required ?? [];
      return Object.fromEntries(
        required.map((one) => [one, goodOf(words, schema.properties?.[one] ?? {}, one)]),
      );
    }
    case 'array':
      return [goodOf(words, schema.items ?? {}, name)];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      return 'x';
  }
}

/** The value with `given` at the place; what is missing on the way there is made as it should be. */
function putAt(words: Words, schema: Schema, value: unknown, place: Place, given: unknown): unknown {
  const [step, ...rest] = place;
  if (step === undefined) return given;
  if (step === 0) {
    const [first, ...others] = Array.isArray(value) && value.length > 0 ? value : [undefined];
    return [putAt(words, schema.items ?? {}, first, rest, given), ...others];
  }
  const inner = schema.properties?.[step] ?? {};
  const whole = membersOf(typeof value === 'object' ? value : goodOf(words, schema, ''));
  return { ...whole, [step]: putAt(words, inner, whole[step], rest, given) };
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
