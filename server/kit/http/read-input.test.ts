import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { parseJson } from './parse-json.ts';
import { type InputSchema, readInput } from './read-input.ts';

const kind = Type.Union([Type.Literal('card'), Type.Literal('sms')]);
const amount: InputSchema = { type: 'number', decimalText: true };
const text: InputSchema = { type: 'string' };
const short: InputSchema = { type: 'string', minLength: 2, maxLength: 3 };
const list: InputSchema = { type: 'array', items: text, minItems: 1, maxItems: 2 };
const mixed: InputSchema = { anyOf: [text, { type: 'object', properties: { a: text } }] };
const anything: InputSchema = { keepsAnything: true };

/** Field `f` by this schema, given as JSON text: its value, or the rule it breaks. */
const cases: [InputSchema, string, unknown][] = [
  [text, '"a"', 'a'],
  [text, '12', '12'],
  [text, '1.5', 'rule string'],
  [text, 'true', 'rule string'],
  [text, 'null', undefined],
  [text, String.raw`"\ud800"`, 'rule string'],
  [text, String.raw`"a\u0000"`, 'rule string'],
  [short, '"åø"', 'åø'],
  [short, '"😀😀😀"', '😀😀😀'],
  [short, '"😀"', 'rule minLength'],
  [short, '"abcd"', 'rule maxLength'],
  [short, '""', undefined],
  [{ type: 'string', pattern: '^a+$' }, '"aab"', 'rule pattern'],
  [{ type: 'integer' }, '"42"', 42],
  [{ type: 'integer' }, '42.0', 42],
  [{ type: 'integer' }, '-0', 0],
  [{ type: 'integer' }, '1.5', 'rule integer'],
  [{ type: 'integer' }, '1e3', 'rule integer'],
  [{ type: 'integer' }, '""', 'rule integer'],
  [{ type: 'integer' }, '9007199254740993', 'rule integer'],
  [{ type: 'integer', minimum: 1 }, '0', 'rule minimum'],
  [{ type: 'integer', maximum: 9 }, '10', 'rule maximum'],
  [{ type: 'number' }, '"1.25"', 1.25],
  [{ type: 'number' }, '"1,25"', 'rule number'],
  [amount, '99.90', '99.9'],
  [amount, '"99.90"', '99.90'],
  [amount, '0.1234567890123456789', '0.1234567890123456789'],
  [amount, '1e2', 'rule number'],
  [{ type: 'boolean' }, '"true"', true],
  [{ type: 'boolean' }, '1', 'rule boolean'],
  [kind, '"sms"', 'sms'],
  [kind, '"cash"', 'rule enum'],
  [{ type: 'string', enum: ['a', 'b'] }, '"c"', 'rule enum'],
  [{ type: 'string', const: 'a' }, '"b"', 'rule enum'],
  [{ anyOf: [{ const: 1 }, { const: 2 }] }, '"2"', 2],
  [list, '["a","b"]', ['a', 'b']],
  [list, '"a"', 'rule array'],
  [list, '[]', 'rule minItems'],
  [list, '[null]', 'rule minItems'],
  [list, '["a","b","c"]', 'rule maxItems'],
  [mixed, '"a"', 'a'],
  [mixed, '{"a":"b"}', { a: 'b' }],
  [mixed, '5', '5'],
  [
    { anyOf: [{ type: 'object', properties: {} }, { type: 'integer' }] },
    '12345678901234567890',
    'rule integer',
  ],
  [anything, '{"a":[1,{"b":1e3}]}', { a: [1, { b: '1e3' }] }],
  [anything, '{"__proto__":{"x":1},"a":1}', { a: 1 }],
  [anything, `${'['.repeat(33)}${']'.repeat(33)}`, 'rule depth'],
  [{ type: 'object', properties: {} }, '12345678901234567890', 'rule object'],
];

for (const [schema, json, expected] of cases) {
  test(`${JSON.stringify(schema)} reads ${json.slice(0, 40)}`, () => {
    const { value, problems } = readInput(
      { type: 'object', properties: { f: schema } },
      parseJson(`{"f":${json}}`),
    );
    const [problem] = problems;
    const got = problem ? `rule ${problem.rule}` : (value as { f?: unknown }).f;
    assert.deepEqual(got, expected);
    if (problem) assert.ok(problem.field.startsWith('f'), problem.field);
  });
}

const order = Type.Object({
  payer: Type.Object({ lastName: Type.String({ minLength: 1 }), born: Type.Optional(Type.Integer()) }),
  lines: Type.Array(Type.Object({ count: Type.Integer() })),
});

test('every broken rule is told at once, each by its path', () => {
  const { problems } = readInput(order, { payer: { lastName: '', born: 'x' }, lines: [{ count: 1 }, {}, 3] });
  assert.deepEqual(
    problems.map(({ field, rule }) => [field, rule]),
    [
      ['payer.born', 'integer'],
      ['payer.lastName', 'required'],
      ['lines[1].count', 'required'],
      ['lines[2]', 'object'],
    ],
  );
});

test('unknown fields are left out with a warning, and never more than 50 warnings', () => {
  const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`x${index}`, 1]));
  const input = { payer: { lastName: 'A', age: 3, gone: null }, lines: [], ...many };
  const { value, problems, warnings } = readInput(order, input);
  assert.deepEqual([value, problems], [{ payer: { lastName: 'A' }, lines: [] }, []]);
  assert.equal(warnings.length, 50);
  assert.equal(warnings[0]?.field, 'payer.age');
  assert.ok(warnings.every((warning) => warning.rule === 'unknown_field'));
});

test('an absent body is an empty one: enough, or each missing field is named', () => {
  assert.deepEqual(readInput({ type: 'object', properties: { a: text } }, undefined).value, {});
  const { problems } = readInput(order, null);
  assert.deepEqual(
    problems.map((problem) => problem.field),
    ['payer', 'lines'],
  );
});

test('names of the prototype are unknown fields like any other', () => {
  const { value, warnings } = readInput(
    order,
    parseJson('{"constructor":1,"toString":2,"payer":{"lastName":"A"},"lines":[]}'),
  );
  assert.deepEqual(value, { payer: { lastName: 'A' }, lines: [] });
  assert.deepEqual(
    warnings.map((warning) => warning.field),
    ['constructor', 'toString'],
  );
});
