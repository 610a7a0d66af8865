import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { payScript } from './pay-script.ts';

type Field = { name: string; value: string };
type Sdk = {
  init(given: object): void;
  pay(request: object): void;
  result(): Record<string, unknown> | null;
};

/** A browser that knows as much of the web as the script needs. */
function openPage(hash = '') {
  const sent: { action: string; method: string; fields: Record<string, string> }[] = [];
  const stored = new Map<string, string>();
  const location = new URL(`https://shop.example/buy?x=1${hash}`);
  const window: { leveretpay?: Sdk; mediaconnectpay?: Sdk } = {};
  const createElement = () => {
    const fields: Field[] = [];
    const element = {
      action: '',
      method: '',
      name: '',
      value: '',
      append: (field: Field) => fields.push(field),
      submit() {
        const named = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
        sent.push({ action: element.action, method: element.method, fields: named });
      },
    };
    return element;
  };
  const document = {
    currentScript: { src: 'https://orders.example/pay/v/1/leveretpay.js' },
    createElement,
    body: { append: () => undefined },
  };
  const sessionStorage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
    removeItem: (name: string) => stored.delete(name),
  };
  const history = {
    replaceState: (_state: unknown, _title: string, url: string) =>
      (location.href = new URL(url, location).href),
  };
  const globals = { window, document, sessionStorage, history, location, URL, crypto, atob, TextDecoder };
  runInContext(payScript, createContext(globals));
  const { leveretpay } = window;
  assert.ok(leveretpay);
  return { sdk: leveretpay, window, sent, stored, location };
}

const hashOf = (told: object) => `#leveretpay=${Buffer.from(JSON.stringify(told)).toString('base64url')}`;
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

test('it has the original’s name too', () => {
  const { window } = openPage();
  assert.equal(window.mediaconnectpay, window.leveretpay);
});

test('paying sends a form to the host the script came from, with this page to come back to', () => {
  const { sdk, sent, stored } = openPage('#top');
  sdk.init({ clientId: 'no.example.web' });
  sdk.pay({ paymentMethod: 'kco', amount: '99.00', currency: 'NOK', merchantId: undefined });
  assert.deepEqual(plain(sent), [
    {
      action: 'https://orders.example/capi/mcpay/start',
      method: 'POST',
      fields: {
        returnUrl: 'https://shop.example/buy?x=1',
        paymentMethod: 'kco',
        amount: '99.00',
        currency: 'NOK',
        clientId: 'no.example.web',
        state: stored.get('leveretpay'),
      },
    },
  ]);
  assert.match(stored.get('leveretpay') ?? '', /^[0-9a-f]{32}$/);
});

test('the address of the API may be given, as with the original', () => {
  const { sdk, sent } = openPage();
  sdk.init({ clientId: 'c', api: 'https://api.example/capi/mcpay' });
  sdk.pay({});
  assert.equal(sent[0]?.action, 'https://api.example/capi/mcpay/start');
});

test('a page that did not say who it is is told so', () => {
  assert.throws(() => openPage().sdk.pay({}), /clientId/);
});

test('the result is read once and taken out of the address', () => {
  const order = { paymentMethod: 'kco', prepaid: true, paymentInfoKlarna: { transactionId: 'løp' } };
  const page = openPage(hashOf({ state: 's1', status: 'success', order }));
  page.stored.set('leveretpay', 's1');
  assert.deepEqual(plain(page.sdk.result()), { status: 'success', order });
  assert.equal(page.location.href, 'https://shop.example/buy?x=1');
  assert.equal(page.sdk.result(), null);
});

test('a result that this browser did not ask for counts for nothing', () => {
  for (const hash of [
    hashOf({ state: 's2', status: 'success', order: {} }),
    hashOf({ status: 'success' }),
    '#leveretpay=e',
  ]) {
    const page = openPage(hash);
    page.stored.set('leveretpay', 's1');
    assert.deepEqual(plain(page.sdk.result()), { status: 'error', code: 'not_asked_for_here' });
  }
  const page = openPage(hashOf({ status: 'success' }));
  assert.equal(page.sdk.result()?.['status'], 'error');
});

test('without a result there is none', () => {
  assert.equal(openPage('#section').sdk.result(), null);
});
