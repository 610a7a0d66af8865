import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strexConnect } from '@leveret/server/payments/methods/strex-connect/method.js';
import { openStrexShop, priceMinor, reference, type StrexShop, taken } from '../builders/strex-shop.ts';

const reader = '+4791234567';
const patient = '+4790000140';
const nothingBooked = { charges: [], refundsMinor: [] };
const charged = { charges: [['charged', priceMinor]], refundsMinor: [] };

/** A test of a shop whose requests must all keep to the contract. */
function shopTest(name: string, run: (shop: StrexShop) => Promise<void>): void {
  test(name, async (t) => {
    const shop = await openStrexShop(t);
    await run(shop);
    assert.deepEqual(await violationsOf(shop), []);
  });
}

async function violationsOf(shop: StrexShop): Promise<unknown> {
  return (await shop.sandbox.call('GET', '/control/violations')).json['violations'];
}

shopTest('a reader who says OK: asked by a message, pending, then taken to the øre', async (shop) => {
  const { meaning, providerId } = await shop.charge(reader);
  assert.deepEqual([meaning, providerId], ['pending', reference]);
  assert.equal((await shop.ask()).meaning, 'pending');
  assert.match((await shop.sandbox.call('GET', '/control/messages')).text, /NOK 149\.50 for Haredalen Pluss/);
  await shop.sandbox.advance(1);
  const asked = await shop.ask();
  assert.deepEqual([asked.meaning, asked.code, asked.money], ['secured', 'Ok/Delivered', taken]);
  assert.deepEqual(await shop.books(), charged);
});

const decisions: [string, string, string | undefined, string, string | undefined][] = [
  ['approve', 'secured', undefined, 'charged', undefined],
  ['refuse', 'declined', 'declined', 'declined', undefined],
  ['expire', 'expired', 'not answered', 'declined', undefined],
  ['abandon', 'pending', undefined, 'unknown', 'expired'],
];

for (const [decision, meaning, reason, state, atLast] of decisions) {
  shopTest(`a reader whose answer is ${decision}`, async (shop) => {
    await shop.charge(patient);
    const reply = await shop.sandbox.call('POST', `/control/payments/${reference}/${decision}`);
    assert.equal(reply.status, 200);
    const asked = await shop.ask();
    assert.deepEqual([asked.meaning, asked.reason], [meaning, reason]);
    assert.equal((await shop.books()).charges[0]?.[0], state);
    await shop.sandbox.advance(1801);
    assert.equal((await shop.ask()).meaning, atLast ?? meaning);
  });
}

shopTest('a reader who types the code: nothing before it, then taken to the øre', async (shop) => {
  const sent = await shop.sendCode(reader);
  assert.deepEqual([sent.kind, sent.kind === 'started' && sent.buyer], ['started', { to: 'code' }]);
  const { text } = await shop.sandbox.call('GET', '/control/messages');
  assert.match(text, /Haredalen Pluss: Your code is 1234/);
  assert.deepEqual([(await shop.ask()).meaning, await shop.books()], ['not_sent', nothingBooked]);
  const { meaning, providerId } = await shop.confirm(reader, '1234');
  assert.deepEqual([meaning, providerId], ['pending', reference]);
  await shop.sandbox.advance(1);
  const asked = await shop.ask();
  assert.deepEqual([asked.meaning, asked.money], ['secured', taken]);
  assert.equal((await shop.confirm(reader, '1234')).meaning, 'secured', 'typed again');
  assert.deepEqual(await shop.books(), charged);
});

const wrongCodes: [
  name: string,
  mobile: string,
  code: string,
  waits: number,
  meaning: string,
  reason: string,
][] = [
  ['wrong', reader, '4321', 0, 'declined', 'wrong code'],
  ['of another phone', '+4799999999', '1234', 0, 'declined', 'wrong code'],
  ['that is too old', reader, '1234', 1801, 'expired', 'timed out'],
];

for (const [name, mobile, code, waits, meaning, reason] of wrongCodes) {
  shopTest(`a code ${name} charges nothing`, async (shop) => {
    await shop.sendCode(reader);
    await shop.sandbox.advance(waits);
    assert.equal((await shop.confirm(mobile, code)).meaning, 'pending');
    await shop.sandbox.advance(1);
    const asked = await shop.ask();
    assert.deepEqual([asked.meaning, asked.reason], [meaning, reason]);
    assert.deepEqual((await shop.books()).charges, [['declined', 0]]);
  });
}

test('a code that cannot be sent is lost, refused or never sent, and says which', async (t) => {
  const shop = await openStrexShop(t);
  const { settings } = shop.context;
  for (const kind of ['error-500', 'timeout-before', 'timeout-after-success']) {
    await shop.fault(kind, { times: 1 });
    assert.equal((await shop.sendCode(reader)).kind, 'unknown', kind);
  }
  const wrong: [object, string, string][] = [
    [{ merchantId: 'mer_nobody' }, 'refused', 'status 400'],
    [{ apiKey: 'old' }, 'refused', 'wrong key'],
    [{ baseUrl: 'http://127.0.0.1:1' }, 'not sent', 'connect_failed'],
  ];
  for (const [changes, kind, code] of wrong) {
    shop.context.settings = { ...settings, ...changes };
    const sent = await shop.sendCode(reader);
    assert.deepEqual([sent.kind, sent.kind !== 'started' && sent.code], [kind, code]);
  }
  assert.deepEqual(await shop.books(), nothingBooked);
});

const fates: [string, string, string?][] = [
  // One of Strex' own numbers for tests, which no charge here says that it is.
  ['+4700000001', 'declined', 'not eligible'],
  ['+4790000020', 'declined', 'barred'],
  ['+4790000010', 'declined', 'insufficient funds'],
  ['+4790000030', 'pending'],
  ['+4790000031', 'secured'],
  ['+4790000040', 'unknown'],
  ['+4790000041', 'unknown'],
  ['+4790000060', 'secured'],
  ['+4790000091', 'secured'],
  ['+4790000092', 'secured'],
  ['+4790000120', 'declined', 'not eligible'],
  ['+4790000130', 'unknown'],
  ['+4790000131', 'unknown'],
];

shopTest('every fate is told as it stands', async (shop) => {
  for (const [mobile, meaning, reason] of fates) {
    await shop.sandbox.call('DELETE', '/control');
    await shop.charge(mobile);
    await shop.sandbox.advance(60);
    const asked = await shop.ask();
    assert.deepEqual([asked.meaning, asked.reason], [meaning, reason], mobile);
    const state = meaning === 'secured' ? 'charged' : meaning === 'declined' ? 'declined' : 'unknown';
    assert.equal((await shop.books()).charges[0]?.[0], state, mobile);
  }
});

/** `+47991900nn` fails with the nn-th word of the guide, and with nothing said of billing. */
const words: [mobile: string, code: string, meaning: string, reason: string][] = [
  ['+4799190029', 'Failed/TimeoutError', 'expired', 'not answered'],
  ['+4799190027', 'Failed/Pending', 'expired', 'not answered'],
  ['+4799190032', 'Failed/OtherError', 'declined', 'declined'],
  ['+4799190020', 'Failed/DuplicateTransaction', 'declined', 'declined'],
  ['+4799190030', 'Failed/Stopped', 'declined', 'try again later'],
  ['+4799190016', 'Failed/InvalidOTP', 'declined', 'wrong code'],
];

shopTest(
  'a word that says that billing was not completed is the end, with nothing said of billing',
  async (shop) => {
    for (const [mobile, ...told] of words) {
      await shop.sandbox.call('DELETE', '/control');
      await shop.charge(mobile);
      await shop.sandbox.advance(2);
      const { code, meaning, reason } = await shop.ask();
      assert.deepEqual([code, meaning, reason], told);
    }
  },
);

shopTest('a charge whose end changes is read as it changes', async (shop) => {
  await shop.charge('+4790000043');
  await shop.sandbox.advance(1);
  assert.equal((await shop.ask()).meaning, 'unknown');
  await shop.sandbox.advance(3600);
  assert.equal((await shop.ask()).meaning, 'secured');
});

shopTest(
  'the same reference twice makes one charge, and the second is told how the first stands',
  async (shop) => {
    await shop.charge(reader);
    assert.equal((await shop.charge(reader)).meaning, 'pending');
    await shop.sandbox.advance(1);
    assert.equal((await shop.charge(reader)).meaning, 'secured');
    assert.deepEqual(await shop.books(), charged);
  },
);

const lost: [string, string, string][] = [
  ['error-500', 'unknown', 'not_sent'],
  ['timeout-before', 'unknown', 'not_sent'],
  ['timeout-after-success', 'unknown', 'secured'],
];

for (const [kind, meaning, afterwards] of lost) {
  shopTest(`${kind}: unknown, then asked, then charged once`, async (shop) => {
    await shop.fault(kind, { times: 1 });
    assert.equal((await shop.charge(reader)).meaning, meaning);
    await shop.sandbox.advance(1);
    assert.equal((await shop.ask()).meaning, afterwards);
    if (afterwards === 'not_sent') {
      assert.equal((await shop.charge(reader)).meaning, 'pending');
      await shop.sandbox.advance(1);
    }
    assert.equal((await shop.ask()).meaning, 'secured');
    assert.deepEqual(await shop.books(), charged);
  });
}

shopTest('a slow answer is an answer; a question that is not answered says nothing', async (shop) => {
  await shop.fault('slow', { times: 1 });
  assert.equal((await shop.charge(reader)).meaning, 'pending');
  await shop.fault('error-500', { times: 1 });
  assert.deepEqual(await shop.ask(), {
    meaning: 'unknown',
    code: 'status 500',
    raw: '{"message":"An error has occurred."}',
  });
  await shop.fault('timeout-before', { times: 1 });
  assert.equal((await shop.ask()).meaning, 'unknown');
});

test('what Strex refuses is declined, and nothing is booked', async (t) => {
  const shop = await openStrexShop(t);
  const { settings } = shop.context;
  shop.context.settings = { ...settings, merchantId: 'mer_nobody' };
  assert.deepEqual(await readable(shop), ['declined', 'status 400']);
  shop.context.settings = { ...settings, apiKey: 'old' };
  assert.deepEqual(await readable(shop), ['declined', 'wrong key']);
  shop.context.settings = { ...settings, baseUrl: 'http://127.0.0.1:1' };
  assert.deepEqual(await readable(shop), ['not_sent', 'connect_failed']);
  assert.deepEqual((await shop.books()).charges, []);
});

async function readable(shop: StrexShop) {
  const { meaning, code } = await shop.charge(reader);
  return [meaning, code];
}

shopTest('the whole is given back by a reversal, once, and later questions tell it', async (shop) => {
  await shop.charge(reader);
  assert.equal((await shop.refund()).kind, 'failed', 'nothing is taken yet');
  await shop.sandbox.advance(1);
  assert.deepEqual(await shop.refund({}, 100), { kind: 'failed', code: 'only whole', raw: '' });
  assert.equal((await shop.refund()).kind, 'pending');
  assert.deepEqual((await shop.ask({ money: taken })).money, taken);
  assert.equal((await shop.refund()).kind, 'pending', 'the first is still on its way');
  await shop.sandbox.advance(2);
  assert.deepEqual((await shop.ask({ money: taken })).money, { ...taken, refundedMinor: priceMinor });
  assert.equal((await shop.refund()).kind, 'succeeded');
  assert.deepEqual(await shop.books(), { ...charged, refundsMinor: [priceMinor] });
});

shopTest('a reversal whose answer is lost is asked for again, and moves money once', async (shop) => {
  await shop.charge(reader);
  await shop.sandbox.advance(1);
  for (const kind of ['timeout-before', 'error-500', 'timeout-after-success']) {
    await shop.fault(kind, { times: 1 });
    assert.equal((await shop.refund()).kind, 'unknown', kind);
  }
  await shop.sandbox.advance(2);
  assert.equal((await shop.refund()).kind, 'succeeded');
  assert.deepEqual((await shop.books()).refundsMinor, [priceMinor]);
});

shopTest('a reversal that fails gives nothing back', async (shop) => {
  await shop.charge('+4790000150');
  await shop.sandbox.advance(1);
  assert.equal((await shop.refund()).kind, 'pending');
  await shop.sandbox.advance(2);
  assert.equal((await shop.ask({ money: taken })).money?.refundedMinor, 0);
  assert.deepEqual((await shop.books()).refundsMinor, []);
});

shopTest('no report is asked for, as a transaction has no field for its address', async (shop) => {
  await shop.charge(reader);
  await shop.sandbox.advance(3600);
  assert.deepEqual(shop.listener.received, []);
  assert.equal(strexConnect.readNotice, undefined);
});

shopTest('settings say what is wrong with them', async (shop) => {
  assert.deepEqual(await shop.testSettings({}), []);
  assert.deepEqual(await shop.testSettings({ baseUrl: 'http://127.0.0.1:1' }), ['baseUrl']);
  assert.deepEqual(await shop.testSettings({ apiKey: 'old' }), ['apiKey']);
  assert.deepEqual(await shop.testSettings({ merchantId: 'mer_nobody' }), ['merchantId']);
  assert.deepEqual(await shop.testSettings({ shortNumber: '2002' }), ['shortNumber']);
  await shop.fault('error-500', { times: 1 });
  assert.deepEqual(await shop.testSettings({}), [undefined]);
  assert.deepEqual((await shop.books()).charges, []);
});

test('a charge that breaks the contract is refused and counted', async (t) => {
  const shop = await openStrexShop(t);
  assert.equal((await shop.charge('+46701234567')).meaning, 'declined');
  const path = '/api/strex/transactions';
  const rule = 'recipient must match pattern "^\\+47\\d{8}$"';
  assert.deepEqual(await violationsOf(shop), [{ provider: 'strex', method: 'POST', path, rule }]);
});
