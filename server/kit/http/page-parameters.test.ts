import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMeant, type PageParameter } from './page-parameters.ts';

const known: PageParameter[] = ['orderId', 'clientId', 'returnUrl', 'errorUrl', 'waitingSince', 'giveUp'];

const cases: [string, string | undefined][] = [
  ...known.map((name): [string, undefined] => [name, undefined]),
  ['orderid', 'orderId'],
  ['OrderId', 'orderId'],
  ['ORDERID', 'orderId'],
  ['order_id', 'orderId'],
  ['order-id', 'orderId'],
  ['order.id', 'orderId'],
  ['oderId', 'orderId'],
  ['orderIdd', 'orderId'],
  [' orderId', 'orderId'],
  ['orderId[]', 'orderId'],
  ['amp;orderId', 'orderId'],
  ['amp;utm_source', undefined],
  ['order', 'orderId'],
  ['ID', 'orderId'],
  ['clientid', 'clientId'],
  ['client_id', 'clientId'],
  ['cleintId', 'clientId'],
  ['client', 'clientId'],
  ['returnurl', 'returnUrl'],
  ['ReturnUrl', 'returnUrl'],
  ['return_url', 'returnUrl'],
  ['retrunUrl', 'returnUrl'],
  ['returnUri', 'returnUrl'],
  ['returnURL', 'returnUrl'],
  ['return', 'returnUrl'],
  ['return_to', 'returnUrl'],
  ['redirect_url', 'returnUrl'],
  ['redirectUri', 'returnUrl'],
  ['errorurl', 'errorUrl'],
  ['erorUrl', 'errorUrl'],
  ['cancel_url', 'errorUrl'],
  ['waitingsince', 'waitingSince'],
  ['giveup', 'giveUp'],
  ...[
    ...[
      'utm_source',
      'utm_medium',
      'utm_campaign',
      'utm_term',
      'utm_content',
      'utm_id',
      'utm_source_platform',
    ],
    ...['gclid', 'gbraid', 'wbraid', 'dclid', 'gad_source', 'gad_campaignid', 'srsltid', 'fbclid', 'msclkid'],
    ...['yclid', 'ttclid', 'twclid', 'li_fat_id', 'igshid', 'igsh', 'epik', 'ScCid', 'rdt_cid', 'mc_cid'],
    ...[
      'mc_eid',
      '_hsenc',
      '_hsmi',
      'mkt_tok',
      'vero_id',
      'oly_enc_id',
      'wickedid',
      '_ga',
      '_gl',
      '_openstat',
    ],
    ...[
      'ref',
      'referrer',
      'source',
      'campaign',
      'lang',
      'language',
      'v',
      'q',
      's',
      'sid',
      'cid',
      'uid',
      'pid',
    ],
    ...['page', 'theme', 'testing', 'state', 'code', 'scope', 'error', 'transactionId', 'paymentId', ''],
  ].map((name): [string, undefined] => [name, undefined]),
];

for (const [given, meant] of cases) {
  test(`the parameter ${JSON.stringify(given)} means ${meant ?? 'nothing of the page'}`, () => {
    assert.equal(findMeant(given, known), meant);
  });
}

test('a page without parameters takes whatever comes', () => {
  assert.equal(findMeant('orderid', []), undefined);
});

test('of two names that may be meant, the one that is written alike', () => {
  const both: PageParameter[] = ['clientId', 'client_id'];
  const expected = { cliet_id: 'client_id', cleintId: 'clientId', client_id: undefined, CLIENT: 'clientId' };
  for (const [given, meant] of Object.entries(expected)) assert.equal(findMeant(given, both), meant, given);
});
