import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { createHttpClient } from '../../kit/http-client.ts';
import { type LinkAnswer, sendLinkSms } from './send-sms.ts';

const http = createHttpClient({
  name: 'link',
  guard: createAddressGuard({ allowLoopback: true, blockedCidrs: [] }),
  connectTimeoutMilliseconds: 1000,
  totalTimeoutMilliseconds: 5000,
  maxInFlight: 4,
  maxQueued: 4,
  maxResponseBytes: 10_000,
});
let answer = { status: 200, text: '' };
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(answer.status).end(answer.text));
});
before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
after(async () => {
  server.closeAllConnections();
  server.close();
  await http.close();
});

function send(): Promise<LinkAnswer> {
  const { port } = server.address() as AddressInfo;
  const account = { username: 'u', password: 'p', platformId: '1', platformPartnerId: '2' };
  return sendLinkSms(
    http.of({ publisherId: 1 }),
    { ...account, baseUrl: `http://127.0.0.1:${port}` },
    {
      source: '2270',
      sourceTON: 'SHORTNUMBER',
      destination: '+4790000001',
      userData: 'text',
      refId: 'm1',
      validitySeconds: 60,
      deliveryReportGates: ['gate'],
    },
  );
}

const table: [number, string, string, string?][] = [
  [200, '{"messageId":"a","resultCode":1005}', 'queued'],
  [200, '{"resultCode":1005}', 'unknown'],
  [200, 'not JSON', 'unknown'],
  [204, '', 'unknown'],
  [302, '', 'unknown'],
  [400, '{"status":106204}', 'refused', 'message'],
  [401, '', 'refused', 'account'],
  [403, '{"status":106101}', 'refused', 'account'],
  [404, '', 'refused', 'message'],
  [408, '', 'unknown'],
  [429, '', 'refused', 'too many'],
  [500, '', 'unknown'],
  [502, '{"messageId":"a"}', 'unknown'],
  [503, '', 'unknown'],
];

for (const [status, text, kind, why] of table) {
  test(`an answer of ${status} ${text} is ${kind}`, async () => {
    answer = { status, text };
    const given = await send();
    assert.equal(given.kind, kind);
    if (given.kind === 'refused') assert.equal(given.why, why);
  });
}
