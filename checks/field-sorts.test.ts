import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './field-sorts.ts';
import { plant, shown } from './testing/plant.ts';

const harmless = `export const harmlessParameters = [{ name: 'testing', source: 'a client' }];`;

/** A repository whose table has one operation with this body. */
const withBody = (body: string, list = harmless) => ({
  'server/build/api.js': `const refused = { type: 'object', 'x-unknown': 'refused' };
    const narrows = { 'x-sort': 'narrows' };
    export const api = [
      { method: 'POST', path: '/a', who: 'client', endpoint: { operationId: 'refundOrder', body: ${body} } }];
    export const sandboxApi = [];`,
  'server/build/kit/http/harmless-parameters.js': list,
});

test('every field and object is declared', async (t) => {
  const body = `{ ...refused, properties: { amount: narrows, lines: { ...narrows, items:
    { ...refused, properties: { amount: { anyOf: [], 'x-sort': 'describes' } } } } } }`;
  assert.deepEqual(shown(await run(await plant(t, withBody(body)))), []);
});

/** A planted fault, and what is told of it. */
const faults: [string, string, RegExp][] = [
  ['a bare field', '{ ...refused, properties: { amount: {} } }', /refundOrder body amount does not say/],
  ['a bare object', '{ properties: { amount: narrows } }', /refundOrder body does not say what becomes/],
  [
    'a bare field of an item',
    '{ ...refused, properties: { l: { ...narrows, items: { ...refused, properties: { a: {} } } } } }',
    /refundOrder body l\[\] a does not say/,
  ],
  [
    'a bare object of a choice',
    '{ ...refused, properties: { l: { ...narrows, anyOf: [{ properties: {} }] } } }',
    /refundOrder body l does not say what becomes/,
  ],
  ['another word', `{ ...refused, properties: { a: { 'x-sort': 'selects' } } }`, /body a does not say/],
];

for (const [what, body, told] of faults) {
  test(`${what} is a fault`, async (t) => {
    const problems = shown(await run(await plant(t, withBody(body))));
    assert.equal(problems.length, 1, problems.join());
    assert.match(problems[0] ?? '', told);
  });
}

test('a harmless name that narrows, and one without a source, are faults', async (t) => {
  const list = `export const harmlessParameters = [{ name: 'Amount', source: 'x' }, { name: 'b', source: '' }];`;
  const files = withBody('{ ...refused, properties: { amount: narrows } }', list);
  const problems = shown(await run(await plant(t, files))).join('\n');
  assert.match(problems, /Amount is the name of a field/);
  assert.match(problems, /b gives no source/);
});
