import fc from 'fast-check';
import { chance, type Draw, makeValue, pick, type Words } from './make-value.ts';
import type { Schema } from './schema.ts';
import { hostile, replaceRawMarks, spoil, writeJson } from './spoil.ts';
import type { Parameter, Target } from './targets.ts';

/** A request before it is sent. Headers may hold a name twice. */
export type Made = {
  target: Target;
  method: string;
  /** Path and query, as they are put on the wire. */
  url: string;
  headers: [string, string][];
  body: Buffer | undefined;
  /** Whether the caller is who it should be. */
  isAuthorized: boolean;
};

export type Caller = {
  authorization: string;
  noticeAuthorizations: readonly string[];
  /** Of a browser that has seen our pages before. */
  cookie: string;
  words: Words;
  /** Bodies that are good as they stand, by operation. */
  bodies: Readonly<Record<string, readonly Record<string, unknown>[]>>;
};

/** A request that is good but for one or a few things, at any of its layers. */
export function makeRequest(draw: Draw, targets: readonly Target[], caller: Caller): Made {
  const target = chance(draw, 20) ? findTarget(targets, 'registerOrder') : pick(draw, targets);
  const spoils = pick(draw, [
    'body',
    'body',
    'body',
    'body',
    'parameters',
    'parameters',
    'headers',
    'method',
    'none',
  ]);
  const isAuthorized = !target.needsToken || chance(draw, 94);
  const headers: [string, string][] =
    isAuthorized && target.needsToken ? [['authorization', caller.authorization]] : [];
  const body = target.body && makeBody(draw, caller, target, target.body, spoils === 'body');
  if (body !== undefined) headers.push(['content-type', contentTypeOf(target)]);
  if (target.kind === 'notice') headers.push(['authorization', pick(draw, caller.noticeAuthorizations)]);
  if (target.kind === 'page') headers.push(...pageHeaders(draw, caller.cookie));
  if (spoils === 'headers') headers.push(...hostileHeaders(draw));
  return {
    target,
    method: spoils === 'method' ? pick(draw, otherMethods) : target.method,
    url: makeUrl(draw, caller.words, target, spoils === 'parameters'),
    headers,
    body: body === undefined ? undefined : Buffer.from(body),
    isAuthorized,
  };
}

const otherMethods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
];

export function contentTypeOf(target: Target): string {
  return target.kind === 'token' || target.kind === 'page'
    ? 'application/x-www-form-urlencoded'
    : 'application/json';
}

function findTarget(targets: readonly Target[], name: string): Target {
  const found = targets.find((target) => target.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** A body that is known to be good, mostly with a few more fields than it needs. */
function goodBody(draw: Draw, { bodies, words }: Caller, target: Target, schema: Schema): unknown {
  const known = bodies[target.name];
  if (!known || chance(draw, 20)) return makeValue(draw, words, schema);
  const more = Object.entries(schema.properties ?? {}).filter(() => chance(draw, 8));
  const made = more.map(([name, inner]) => [name, makeValue(draw, words, inner, name)]);
  return { ...Object.fromEntries(made), ...pick(draw, known) };
}

function makeBody(draw: Draw, caller: Caller, target: Target, schema: Schema, spoils: boolean): string {
  const good = goodBody(draw, caller, target, schema);
  const value = spoils ? spoil(draw, good) : good;
  if (contentTypeOf(target) === 'application/json') return writeJson(draw, value);
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [['', value]];
  const texts = fields.map(([name, field]) => [String(name), textOf(field)]);
  const form = new URLSearchParams(texts).toString();
  return spoils && chance(draw, 20) ? `${form}&${pick(draw, queryOddities)}` : form;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

const queryOddities = [
  '%',
  '%zz',
  '%00=%00',
  '%ff=%fe',
  '%ed%a0%80',
  '&&&==&',
  '__proto__=1',
  '__proto__[a]=1',
  'constructor[prototype][a]=1',
  'limit[]=1&limit[]=2',
  'limit=1&limit=2',
  'cursor=%00',
  'a=b;c=d',
  '+++',
  'a=1&'.repeat(1200),
  `x=${'%20'.repeat(1500)}`,
];

function makeUrl(draw: Draw, words: Words, target: Target, spoils: boolean): string {
  const value = ({ name, schema }: Parameter) => {
    const made = spoils && chance(draw, 60) ? hostile(draw) : makeValue(draw, words, schema, name);
    return replaceRawMarks(textOf(made)).slice(0, 3000);
  };
  const path = target.path.replaceAll(/\{(\w+)\}/g, (_place, name) => {
    const parameter = target.parameters.find((one) => one.in === 'path' && one.name === name);
    if (spoils && chance(draw, 20)) return pick(draw, pathOddities);
    return encode(parameter ? value(parameter) : '1');
  });
  const inQuery = target.parameters.filter((one) => one.in === 'query' && chance(draw, spoils ? 70 : 30));
  const query = inQuery.map((one) => `${one.name}=${encode(value(one))}`);
  if (spoils && chance(draw, 30)) query.push(pick(draw, queryOddities));
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** Percent-encoding that also takes half surrogates, as WTF-8. */
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}

const pathOddities = [
  '%',
  '%zz',
  '%00',
  '%ff',
  '%c0%af',
  '..',
  '%2e%2e%2f',
  '.',
  '',
  ';a=b',
  '%E2%80%AE',
  '*',
  '1%2F2',
];

function pageHeaders(draw: Draw, cookie: string): [string, string][] {
  const headers: [string, string][] = [['accept', 'text/html']];
  if (chance(draw, 80)) headers.push(['cookie', chance(draw, 70) ? cookie : pick(draw, cookies)]);
  if (chance(draw, 20)) headers.push(['sec-purpose', 'prefetch']);
  if (chance(draw, 30))
    headers.push(['accept-language', pick(draw, ['sv', '*', ';;;q=', 'x'.repeat(900), 'nb-NO;q=9'])]);
  return headers;
}

const cookies = [
  `leveret=${'A'.repeat(43)}; __Host-leveret=${'A'.repeat(43)}`,
  'leveret=%00; leveret-browser=../..',
  '=;=;;;',
  '__proto__=1; constructor=2',
  `a=${'x'.repeat(4000)}`,
  Array.from({ length: 200 }, (_, index) => `c${index}=1`).join('; '),
];

const oddHeaders: readonly [string, string][] = [
  ['content-type', 'text/plain'],
  ['content-type', ''],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-type', 'application/x-www-form-urlencoded'],
  ['content-type', 'multipart/form-data; boundary=x'],
  ['content-type', `application/${'x'.repeat(2000)}`],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'identity'],
  ['accept', 'application/problem+json'],
  ['accept', 'text/html,*/*'],
  ['accept', 'application/xml'],
  ['accept', ';;;,,,'],
  ['authorization', 'Bearer'],
  ['authorization', 'Bearer  a b c'],
  ['authorization', 'Basic !!!!'],
  ['authorization', `Basic ${Buffer.from(':').toString('base64')}`],
  ['authorization', `Basic ${Buffer.from([0xff, 0x3a, 0x00]).toString('base64')}`],
  ['authorization', `Bearer ${'x'.repeat(6000)}`],
  ['authorization', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ['idempotency-key', ''],
  ['idempotency-key', 'k'.repeat(256)],
  ['idempotency-key', '\u00e6\u00f8\u00e5'],
  ['idempotency-key', 'same key'],
  ['x-request-id', "'; --"],
  ['x-request-id', 'x'.repeat(500)],
  ['x-http-method-override', 'DELETE'],
  ['x-forwarded-for', '::ffff:127.0.0.1, nonsense'],
  ['x-forwarded-host', 'evil.example'],
  ['origin', 'null'],
  ['origin', 'https://evil.example'],
  ['range', 'bytes=0-99999999'],
  ['if-none-match', '*'],
  ['expect', 'nonsense'],
  ['connection', 'close, upgrade'],
  ['upgrade', 'websocket'],
  ['te', 'trailers, deflate;q=0.5'],
  ['cookie', '\u00ff=\u00ff'],
];

function hostileHeaders(draw: Draw): [string, string][] {
  const many = draw(fc.integer, { min: 1, max: 3 });
  return Array.from({ length: many }, () => pick(draw, oddHeaders));
}
