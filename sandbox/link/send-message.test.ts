import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chargeMessage,
  openGate,
  startFrozen,
  startListener,
  textMessage,
} from '../testing/frozen-sandbox.ts';

const number = '+4791234567';
const chargeOnly = { chargeOnly: 'true', authorize: 'true', 'strex.username': 'demo' };

test('a text is accepted, arrives and is counted in parts', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const reply = await sandbox.call(
    'POST',
    '/link/sms/send',
    textMessage(number, { userData: 'x'.repeat(161) }),
  );
  assert.equal(reply.status, 200);
  assert.deepEqual(
    { ...reply.json, messageId: typeof reply.json['messageId'] },
    { messageId: 'string', resultCode: 1005, description: 'Queued', smsCount: 2 },
  );
  const { messages } = (await sandbox.call('GET', '/control/messages?to=91 23 45 67')).json;
  const [message] = messages as Record<string, unknown>[];
  assert.equal(message?.['text'], 'x'.repeat(161));
  assert.equal(message?.['refId'], `ref${number}`);
  assert.equal(message?.['messageId'], reply.json['messageId']);
  assert.equal(message?.['channel'], 'sms');
});

test('without an explicit ignoreResponse:false the answer has no body', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  for (const ignoreResponse of [undefined, true]) {
    const reply = await sandbox.call('POST', '/link/sms/send', textMessage(number, { ignoreResponse }));
    assert.equal(reply.status, 204);
    assert.equal(reply.text, '');
  }
  assert.equal((await sandbox.ledger()).messages.length, 2);
});

test('a charge is booked as not decided, and its text is not sent', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const reply = await sandbox.call('POST', '/link/sms/send', chargeMessage(number, { userData: 'ignored' }));
  const [charge] = (await sandbox.ledger()).charges;
  assert.equal(reply.status, 200);
  assert.equal(charge?.id, reply.json['messageId']);
  assert.equal(charge?.amountMinor, 9900);
  assert.equal(charge?.state, 'unknown');
  assert.equal(charge?.bookedAt, null);
  assert.equal(charge?.details['securityLevel'], '2');
  assert.deepEqual((await sandbox.call('GET', '/control/messages')).json, { messages: [] });
});

test('a premium text with a price is a charge and a text', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const premium = chargeMessage(number, { userData: 'Thank you', customParameters: {} });
  assert.equal((await sandbox.call('POST', '/link/sms/send', premium)).status, 200);
  assert.equal((await sandbox.ledger()).charges.length, 1);
  assert.match((await sandbox.call('GET', '/control/messages')).text, /Thank you/);
});

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const refusals: [string, Record<string, unknown>, number, number][] = [
  ['platform', textMessage(number, { platformId: 'OTHER' }), 400, 106200],
  ['partner', textMessage(number, { platformPartnerId: '2' }), 400, 106201],
  ['no destination', textMessage(number, { destination: undefined }), 400, 106000],
  ['a local number', textMessage('91234567'), 400, 106000],
  ['a field of another type', textMessage(number, { useDeliveryReport: 'yes' }), 400, 106000],
  [
    'a custom parameter that is no string',
    textMessage(number, { customParameters: { a: true } }),
    400,
    106000,
  ],
  ['a type of number that does not exist', textMessage(number, { sourceTON: 'SHORTCODE' }), 400, 106000],
  ['a sender of 12 characters', textMessage(number, { source: 'LeveretLever' }), 400, 106000],
  ['no text', textMessage(number, { userData: '' }), 400, 106000],
  ['49 hours of validity', textMessage(number, { relativeValidityTime: 49 * 3_600_000 }), 400, 106000],
  ['an absolute time too near', textMessage(number, { absoluteValidityTime: inHours(0.1) }), 400, 106000],
  ['an absolute time too far', textMessage(number, { absoluteValidityTime: inHours(50) }), 400, 106000],
  ['a gate nobody knows', textMessage(number, { deliveryReportGates: ['sandbox', 'other'] }), 400, 106301],
  ['a charge in SEK', chargeMessage(number, { currency: 'SEK' }), 400, 106202],
  ['a charge in no known currency', chargeMessage(number, { currency: 'XXX' }), 400, 106202],
  ['a charge without currency', chargeMessage(number, { currency: undefined }), 400, 106202],
  ['a charge from a name', chargeMessage(number, { sourceTON: 'ALPHANUMERIC' }), 400, 106000],
  ['a charge from a long number', chargeMessage(number, { source: '208012' }), 400, 106000],
  ['a charge without category', chargeMessage(number, { productCategory: undefined }), 400, 106000],
  ['a category that is not to be used', chargeMessage(number, { productCategory: 36 }), 400, 106000],
  ['a category that is none', chargeMessage(number, { productCategory: 54 }), 400, 106000],
  ['a charge without description', chargeMessage(number, { productDescription: undefined }), 400, 106000],
  ['a charge without report', chargeMessage(number, { useDeliveryReport: false }), 400, 106000],
  ['a charge of nothing', chargeMessage(number, { tariff: 0 }), 400, 106000],
  ['a charge of less than nothing', chargeMessage(number, { tariff: -1 }), 400, 106000],
  ['a charge without text or chargeOnly', chargeMessage(number, { customParameters: {} }), 400, 106000],
  [
    'chargeOnly without authorize',
    chargeMessage(number, { customParameters: { ...chargeOnly, authorize: 'no' } }),
    400,
    106000,
  ],
  [
    'chargeOnly without merchant',
    chargeMessage(number, { customParameters: { ...chargeOnly, 'strex.username': '' } }),
    400,
    106000,
  ],
  [
    'another security level',
    chargeMessage(number, { customParameters: { ...chargeOnly, 'strex.securityLevel': '1' } }),
    400,
    106000,
  ],
];

test('the first charge of a reader that does not say how sure the number is is noted', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const first = { ...chargeOnly, 'strex.securityLevel': '2' };
  const noted: number[] = [];
  for (const [mobile, customParameters] of [
    [number, chargeOnly],
    [number, chargeOnly],
    ['+4790000002', first],
    ['+4790000002', chargeOnly],
    ['+4790000002', { ...chargeOnly, 'strex.username': 'other' }],
  ] as const) {
    const reply = await sandbox.call('POST', '/link/sms/send', chargeMessage(mobile, { customParameters }));
    assert.equal(reply.status, 200, reply.text);
    const { violations } = (await sandbox.call('GET', '/control/violations')).json;
    noted.push((violations as unknown[]).length);
  }
  assert.deepEqual(noted, [1, 1, 1, 1, 2]);
});

test('what breaks a rule is refused with its code, and nothing is booked', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  for (const [name, body, status, code] of refusals) {
    const reply = await sandbox.call('POST', '/link/sms/send', body);
    assert.deepEqual([reply.status, reply.json['status']], [status, code], `${name}: ${reply.text}`);
    assert.equal(typeof reply.json['translatedDescription'], 'string', name);
  }
  assert.deepEqual(await sandbox.ledger(), { charges: [], refunds: [], messages: [], reports: [] });
});

test('no gate at all is refused, unless no report is wanted', async (t) => {
  const sandbox = await startFrozen(t);
  const reply = await sandbox.call('POST', '/link/sms/send', textMessage(number));
  assert.deepEqual([reply.status, reply.json['status']], [400, 106300]);
  const quiet = textMessage(number, { useDeliveryReport: false });
  assert.equal((await sandbox.call('POST', '/link/sms/send', quiet)).status, 200);
});

test('the login is checked first', async (t) => {
  const sandbox = await startFrozen(t);
  const basic = (login: string) => ({ authorization: `Basic ${Buffer.from(login).toString('base64')}` });
  const cases: [Record<string, string>, number, number][] = [
    [{ authorization: '' }, 401, 106100],
    [basic('leveret:wrong'), 401, 106100],
    [basic('suspended:link-demo-password'), 403, 106101],
  ];
  for (const [headers, status, code] of cases) {
    const reply = await sandbox.call('POST', '/link/sms/send', '{', headers);
    assert.deepEqual([reply.status, reply.json['status']], [status, code]);
  }
  assert.match(
    (await sandbox.call('POST', '/link/sms/send', {}, { authorization: 'x' })).headers.get(
      'www-authenticate',
    ) ?? '',
    /^Basic/,
  );
});

test('broken JSON and unknown paths get an error body', async (t) => {
  const sandbox = await startFrozen(t);
  const broken = await sandbox.call('POST', '/link/sms/send', '{');
  assert.deepEqual([broken.status, broken.json['status']], [400, 106000]);
  assert.equal((await sandbox.call('GET', '/link/nowhere')).status, 404);
});

test('a batch gives one result per message, in order', async (t) => {
  const sandbox = await startFrozen(t);
  await openGate(sandbox, await startListener(t));
  const shared = { platformId: 'SANDBOX', platformPartnerId: '1', ignoreResponse: false };
  const message = (destination: string) => ({ source: 'Leveret', destination, userData: destination });
  const sendRequestMessages = [message(number), message('12'), message('+4791234568')];
  const reply = await sandbox.call('POST', '/link/sms/sendbatch', { ...shared, sendRequestMessages });
  const codes = (JSON.parse(reply.text) as { resultCode: number }[]).map((result) => result.resultCode);
  assert.deepEqual(codes, [1005, 106000, 1005]);
  for (const wrong of [[], Array.from({ length: 1001 }, () => message(number)), undefined]) {
    const refusal = await sandbox.call('POST', '/link/sms/sendbatch', {
      ...shared,
      sendRequestMessages: wrong,
    });
    assert.deepEqual([refusal.status, refusal.json['status']], [400, 106000]);
  }
  assert.equal((await sandbox.ledger()).messages.length, 2);
});
