import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { createResolver, type ResolveHost } from './resolve-host.ts';

const [ok, serverFailure, noSuchName] = [0, 2, 3];
const [typeA, typeAaaa] = [1, 28];

type Zone = Record<string, { code?: number; a?: number[][]; aaaa?: number[][] }>;

/** A name server of this machine that knows one zone (RFC 1035, section 4). */
async function resolverOf(t: TestContext, zone: Zone): Promise<ResolveHost> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => socket.send(answer(query, zone), from.port, from.address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  t.after(() => socket.close());
  return createResolver([`127.0.0.1:${socket.address().port}`]);
}

function answer(query: Buffer, zone: Zone): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const question = query.subarray(12, at + 5);
  const type = query.readUInt16BE(at + 1);
  const found = zone[labels.join('.')] ?? { code: noSuchName };
  const records = (type === typeA ? found.a : type === typeAaaa ? found.aaaa : undefined) ?? [];
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 + (found.code ?? ok), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  const resources = records.map((bytes) => {
    return Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, bytes.length, ...bytes]);
  });
  return Buffer.concat([header, question, ...resources]);
}

test('every address of both families is found', async (t) => {
  const ipv6 = [0x20, 0x01, 0x0d, 0xb8, ...Buffer.alloc(11), 1];
  const resolve = await resolverOf(t, {
    'both.example.no': {
      a: [
        [192, 0, 2, 1],
        [192, 0, 2, 2],
      ],
      aaaa: [ipv6],
    },
    'old.example.no': { a: [[192, 0, 2, 3]] },
    'new.example.no': { aaaa: [ipv6] },
  });
  assert.deepEqual([...(await resolve('both.example.no'))].sort(), ['192.0.2.1', '192.0.2.2', '2001:db8::1']);
  assert.deepEqual(await resolve('old.example.no'), ['192.0.2.3']);
  assert.deepEqual(await resolve('new.example.no'), ['2001:db8::1']);
});

test('a name without addresses has none; a server that fails is an error', async (t) => {
  const resolve = await resolverOf(t, {
    'empty.example.no': {},
    'broken.example.no': { code: serverFailure },
  });
  assert.deepEqual(await resolve('empty.example.no'), []);
  assert.deepEqual(await resolve('missing.example.no'), []);
  await assert.rejects(async () => resolve('broken.example.no'), { code: 'ESERVFAIL' });
});
