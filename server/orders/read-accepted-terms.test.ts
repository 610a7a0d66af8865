import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../database/statement.ts';
import { openTestNode, smsOrder, type TestNode } from '../testing/node.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const register = (acceptedTerms: unknown) =>
  node.post('/capi/v1/client/order', { ...smsOrder(), acceptedTerms });

const keptStatement = sql(
  'test.acceptedTerms',
  `SELECT attributes -> 'acceptedTerms' AS kept FROM orders WHERE order_id = $1`,
);

const whole = { version: '2026-02', url: 'https://avis.example/terms', withdrawalWaived: true };

const kept: [what: string, given: unknown, kept: unknown, warned: string[]][] = [
  ['a name', 'Terms of February 2026', 'Terms of February 2026', []],
  ['a name of 255 letters', 'x'.repeat(255), 'x'.repeat(255), []],
  ['all that is known', whole, whole, []],
  [
    'a time',
    { ...whole, acceptedAt: 1_770_000_000_000 },
    { ...whole, acceptedAt: '2026-02-02T02:40:00.000Z' },
    [],
  ],
  ['a member that is not known', { ...whole, colour: 'red' }, whole, ['acceptedTerms.colour unknown_field']],
  ['empty', '', null, []],
  ['nothing', null, null, []],
];

for (const [what, given, wanted, warned] of kept) {
  test(`accepted terms are kept: ${what}`, async () => {
    const reply = await register(given);
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    const warnings = reply.body['warnings'] as { field: string; rule: string }[];
    assert.deepEqual(
      warnings.map(({ field, rule }) => `${field} ${rule}`),
      warned,
    );
    const [row] = await node.context.database.query<{ kept: unknown }>(keptStatement, [
      reply.body['orderId'],
    ]);
    assert.deepEqual(row?.kept, wanted);
  });
}

const refused: [what: string, given: unknown, field: string, rule: string][] = [
  ['a name of 256 letters', 'x'.repeat(256), 'acceptedTerms', 'maxLength'],
  ['yes without saying to what', true, 'acceptedTerms', 'string'],
  ['a list', ['Terms'], 'acceptedTerms', 'string'],
  ['a version of 101 letters', { version: 'x'.repeat(101) }, 'acceptedTerms.version', 'maxLength'],
  ['a version that is an object', { version: { text: 'x' } }, 'acceptedTerms.version', 'string'],
  ['a time that is none', { acceptedAt: 'yesterday' }, 'acceptedTerms.acceptedAt', 'date_is_invalid'],
  ['a waiver that is no yes or no', { withdrawalWaived: 'x' }, 'acceptedTerms.withdrawalWaived', 'boolean'],
];

for (const [what, given, field, rule] of refused) {
  test(`accepted terms are refused by name: ${what}`, async () => {
    const reply = await register(given);
    assert.equal(reply.status, 400, JSON.stringify(reply.body));
    const [broken] = reply.body['fields'] as { field: string; rule: string }[];
    assert.deepEqual([broken?.field, broken?.rule], [field, rule]);
  });
}
