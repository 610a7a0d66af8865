import fc from 'fast-check';
import type { Made } from './make-request.ts';
import { chance, type Draw, pick } from './make-value.ts';

/** The request as bytes, with something wrong in them that no client library would write. */
export function makeBytes(draw: Draw, made: Made): Buffer {
  const good = writeRequest(made, made.body?.length);
  return pick(draw, wrongs)(draw, made, good);
}

type Wrong = (draw: Draw, made: Made, good: Buffer) => Buffer;

const wrongs: readonly Wrong[] = [
  (draw, _made, good) => good.subarray(0, draw(fc.nat, { max: good.length })),
  (draw, _made, good) => flip(draw, good),
  (draw, _made, good) => flip(draw, flip(draw, flip(draw, good))),
  (draw, _made, good) =>
    insert(draw, good, Buffer.from(draw(fc.uint8Array, { minLength: 1, maxLength: 40 }))),
  (draw, _made, good) =>
    insert(draw, good, Buffer.from(pick(draw, ['\r\n', '\n', '\0', '\r', ': ', ' ', '{', '"']))),
  (draw, made) => writeRequest(made, pick(draw, lengths)),
  (draw, made) => withHeader(made, pick(draw, badHeaders)),
  (draw, made) => writeRequest({ ...made, body: badUtf8(draw, made.body) }, undefined, true),
  (draw, made) => truncateBody(draw, made),
  (draw, _made, good) => Buffer.concat([good, Buffer.from(draw(fc.uint8Array, { maxLength: 300 }))]),
  (_draw, _made, good) => Buffer.concat([good, good, good]),
  (_draw, made) => Buffer.from(`${made.method} ${made.url}\r\n\r\n`),
  (draw, made) =>
    startLine(
      made,
      `${pick(draw, ['get', 'G\0T', 'FOO', '', 'CONNECT', 'PRI *', 'DELETE'])} ${made.url} HTTP/1.1`,
    ),
  (draw, made) => startLine(made, `${made.method} ${pick(draw, badUrls)} HTTP/1.1`),
  (draw, made) =>
    startLine(made, `${made.method} ${made.url} HTTP/${pick(draw, ['1.0', '0.9', '2.0', '1.11', 'x', ''])}`),
  (draw, made) => chunked(draw, made),
];

const lengths = [0, 1, 999_999_999, -1, Number.NaN, 1e21, 7.5];
const badUrls = [
  '',
  '*',
  '//',
  '/\u00ff',
  '/%',
  'http://evil.example/capi/v1/client/orders',
  '/a b',
  `/${'a'.repeat(20_000)}`,
  '/capi/v1/client/order/%',
];
const badHeaders = [
  'Content-Length: 5\r\nContent-Length: 6',
  'Transfer-Encoding: chunked\r\nContent-Length: 5',
  'Transfer-Encoding: gzip',
  'Host:',
  'Host: a\r\nHost: b',
  'Host: [::1',
  ' folded: header',
  'No colon here',
  ': no name',
  'N\u00e4me: x',
  'Bad\0: x',
  'X: a\0b',
  `X: ${'x'.repeat(20_000)}`,
  Array.from({ length: 2100 }, (_, index) => `X-${index}: 1`).join('\r\n'),
  'Expect: 100-continue',
  'Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
  'Idempotency-Key: a\r\nIdempotency-Key: b',
  'Authorization: Bearer a\r\nAuthorization: Bearer b',
  'Content-Type: application/json\r\nContent-Type: text/plain',
];

function writeRequest(made: Made, length: number | undefined, measures = false): Buffer {
  const headers = made.headers.map(([name, value]) => `${name}: ${value}`);
  const given = measures ? made.body?.length : length;
  if (given !== undefined) headers.push(`content-length: ${given}`);
  const head = [`${made.method} ${made.url} HTTP/1.1`, 'host: localhost', ...headers].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), made.body ?? Buffer.alloc(0)]);
}

function startLine(made: Made, line: string): Buffer {
  const text = writeRequest(made, made.body?.length).toString('latin1');
  return Buffer.from(line + text.slice(text.indexOf('\r\n')), 'latin1');
}

function withHeader(made: Made, header: string): Buffer {
  const text = writeRequest(made, made.body?.length).toString('latin1');
  return Buffer.from(
    text.replace('\r\nhost: localhost', () => `\r\nhost: localhost\r\n${header}`),
    'latin1',
  );
}

function flip(draw: Draw, bytes: Buffer): Buffer {
  const flipped = Buffer.from(bytes);
  const at = draw(fc.nat, { max: Math.max(0, bytes.length - 1) });
  flipped[at] = draw(fc.nat, { max: 255 });
  return flipped;
}

function insert(draw: Draw, bytes: Buffer, more: Buffer): Buffer {
  const at = draw(fc.nat, { max: bytes.length });
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}

function badUtf8(draw: Draw, body: Buffer = Buffer.from('{"orderId":"x"}')): Buffer {
  const bad = pick(draw, [
    [0xff],
    [0xc3],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
    [0xef, 0xbb, 0xbf],
  ]);
  const at = chance(draw, 30) ? 0 : draw(fc.nat, { max: body.length });
  return Buffer.concat([body.subarray(0, at), Buffer.from(bad), body.subarray(at)]);
}

function truncateBody(draw: Draw, made: Made): Buffer {
  const body = (made.body ?? Buffer.from('{"orderId":1}')).subarray(0, -draw(fc.integer, { min: 1, max: 6 }));
  return writeRequest({ ...made, body }, body.length);
}

function chunked(draw: Draw, made: Made): Buffer {
  const head = withHeader({ ...made, body: undefined }, 'Transfer-Encoding: chunked');
  const chunk = pick(draw, [
    'zz\r\n',
    '-1\r\nx\r\n',
    'ffffffffffffffff\r\nx',
    '5\r\nab',
    '3;ext=\0\r\nabc\r\n0\r\n\r\n',
    '1\r\n{\r\n0\r\n\r\n',
  ]);
  return Buffer.concat([head, Buffer.from(chunk, 'latin1')]);
}
