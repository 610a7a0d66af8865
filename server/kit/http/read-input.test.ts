import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { describes, describing, narrowing, narrows, narrowsIfGiven } from './field-sorts.ts';
import type { InputSchema } from './input-schema.ts';
import { parseJson } from './parse-json.ts';
import { readInput } from './read-input.ts';

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
  [text, 'null', 'rule null'],
  [text, '""', 'rule empty'],
  [text, '" \u200b\u00a0"', 'rule empty'],
  [text, '" TX1\u200b\\n"', 'TX1'],
  [text, String.raw`"\ud800"`, 'rule string'],
  [text, String.raw`"a\u0000"`, 'rule string'],
  [short, '"åø"', 'åø'],
  [short, '"😀😀😀"', '😀😀😀'],
  [short, '"😀"', 'rule minLength'],
  [short, '"abcd"', 'rule maxLength'],
  [{ type: 'string', pattern: '^a+$' }, '"aab"', 'rule pattern'],
  [{ type: 'integer' }, '"42"', 42],
  [{ type: 'integer' }, '42.0', 42],
  [{ type: 'integer' }, '-0', 0],
  [{ type: 'integer' }, '1.5', 'rule integer'],
  [{ type: 'integer' }, '1e3', 'rule integer'],
  [{ type: 'integer' }, '""', 'rule empty'],
  [{ type: 'integer' }, '[]', 'rule empty'],
  [{ type: 'integer' }, '{}', 'rule integer'],
  [{ type: 'boolean' }, 'null', 'rule null'],
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
  [{ type: 'string', enum: ['a', 'b'], formerly: { c: 'b' } }, '"c"', 'b'],
  [{ type: 'string', enum: ['a', 'b'], formerly: { c: 'b' } }, '"d"', 'rule enum'],
  [{ type: 'string', const: 'a' }, '"b"', 'rule enum'],
  [{ anyOf: [{ const: 1 }, { const: 2 }] }, '"2"', 2],
  [list, '["a","b"]', ['a', 'b']],
  [list, '"a"', 'rule array'],
  [list, '[]', 'rule empty'],
  [list, 'null', 'rule null'],
  [list, '[null]', 'rule null'],
  [list, '["a",""]', 'rule empty'],
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

/** What becomes of field `f` of these sorts that is empty: its value, or the rule it breaks. */
const empties: [InputSchema, string, unknown][] = [
  [describes(Type.String()), 'null', undefined],
  [describes(Type.String()), '"  "', undefined],
  [describes(Type.Integer()), '""', undefined],
  [describes(Type.Integer({ minimum: 1 })), '0', undefined],
  [describes(Type.Integer({ minimum: 0 })), '0', 0],
  [describes(Type.Array(Type.String())), '["",null]', undefined],
  [describes(Type.Array(Type.String())), '["","a"]', ['a']],
  [
    describes(Type.Array(describing({ p: narrowsIfGiven(Type.String()) }))),
    '[{"p":""},{"p":"1"}]',
    [{ p: '1' }],
  ],
  [describes(describing({ a: describes(Type.String()) })), '{"a":""}', undefined],
  [narrowsIfGiven(describing({ a: narrows(Type.String()) })), '{}', undefined],
  [narrowsIfGiven(describing({ a: narrows(Type.String()) })), '{"a":""}', 'rule empty'],
  [narrowsIfGiven(Type.Integer()), 'null', undefined],
  [narrowsIfGiven(Type.Integer()), '"x"', 'rule integer'],
  [narrowsIfGiven(Type.Integer(), ['other']), 'null', undefined],
  [narrowsIfGiven(Type.Integer(), ['beside']), 'null', 'rule null'],
  [narrowsIfGiven(Type.Integer(), ['blank']), '""', undefined],
  [narrows(Type.Array(Type.Integer())), '[]', 'rule empty'],
];

for (const [schema, json, expected] of empties) {
  test(`${schema['x-sort']} ${schema['x-empty-without']?.join() ?? ''} ${schema.type} reads ${json}`, () => {
    const properties = { f: schema, beside: { type: 'integer' }, blank: { 'x-sort': 'describes' as const } };
    const given = parseJson(`{"f":${json},"beside":1,"blank":" "}`);
    const { value, problems } = readInput({ type: 'object', properties }, given);
    const got = problems[0] ? `rule ${problems[0].rule}` : (value as { f?: unknown }).f;
    assert.deepEqual(got, expected);
  });
}

test('a phone number that is only of a kind is none', () => {
  const phone = describing({ number: narrowsIfGiven(Type.String()), kind: describes(Type.String()) });
  const schema = describing({ phones: narrowsIfGiven(Type.Array(Type.Union([Type.String(), phone]))) });
  const phones = [{ number: '', kind: 'mobile' }, { number: '1', kind: 'home' }, ''];
  assert.deepEqual(readInput(schema, { phones }).value, { phones: [{ number: '1', kind: 'home' }] });
  const misspelt = readInput(schema, { phones: [{ nubmer: '1', kind: 'home' }] });
  assert.deepEqual(misspelt.problems[0]?.field, 'phones[0].nubmer');
});

test('of a list whose items only describe each member says something', () => {
  const purposeOf = describing({ purpose: describes(Type.Optional(Type.String())) });
  const schema = describing({ purposes: describes(Type.Optional(Type.Array(purposeOf))) });
  const { value, warnings } = readInput(schema, {
    purposes: [{ purpose: 'news' }, { purpose: '' }, {}, { purpose: 'x', puprose: 'y' }, { other: 1 }],
  });
  assert.deepEqual(value, { purposes: [{ purpose: 'news' }, { purpose: 'x' }, {}] });
  assert.deepEqual(
    warnings.map(({ field }) => field),
    ['purposes[3].puprose', 'purposes[4].other'],
  );
});

const refund = narrowing({
  amount: Type.Optional(Type.Number()),
  reason: describes(Type.Optional(Type.String())),
});

/** A body, and the field and the nearest name that the refusal of an unknown member tells. */
const unknown: [InputSchema, object, string, string | undefined][] = [
  [refund, { Amount: 1 }, 'Amount', 'amount'],
  [refund, { amuont: 1 }, 'amuont', 'amount'],
  [refund, { amount: 1, raeson: 'x' }, 'raeson', 'reason'],
  [refund, { anything: null }, 'anything', undefined],
  [
    describing({ prepaid: narrows(Type.Optional(Type.Boolean())) }),
    { prepayed: null },
    'prepayed',
    'prepaid',
  ],
  [
    describing({ unitPrice: narrows(Type.Optional(Type.Number())) }),
    { unit_price: 1 },
    'unit_price',
    'unitPrice',
  ],
];

for (const [schema, body, field, nearest] of unknown) {
  test(`${JSON.stringify(body)} is refused and ${nearest ?? 'nothing'} told`, () => {
    const [problem, ...more] = readInput(schema, body).problems;
    assert.deepEqual([problem?.field, problem?.rule, more], [field, 'unknown_field', []]);
    assert.equal(/did you mean (\w+)\?/.exec(problem?.message ?? '')?.[1], nearest);
  });
}

test('where a body mostly describes, only misspelt narrowing names are refused', () => {
  const schema = describing({
    prepaid: narrows(Type.Optional(Type.Boolean())),
    seller: describes(Type.Optional(Type.String())),
  });
  const { problems, warnings, value } = readInput(schema, { selller: 'x', city: 'Oslo', prepaidBy: 'y' });
  assert.deepEqual([value, problems.map(({ field }) => field)], [{}, ['prepaidBy']]);
  assert.deepEqual(
    warnings.map(({ field }) => field),
    ['selller', 'city'],
  );
});

test('harmless members are passed over at the top, and nowhere else', () => {
  const schema = narrowing({
    lines: Type.Optional(Type.Array(narrowing({ a: Type.Optional(Type.String()) }))),
  });
  const harmless = new Set(['testing']);
  assert.deepEqual(readInput(schema, { testing: true }, { harmless }).problems, []);
  assert.equal(readInput(schema, { testing: true }).problems[0]?.rule, 'unknown_field');
  const inside = readInput(schema, { lines: [{ testing: true }] }, { harmless });
  assert.equal(inside.problems[0]?.field, 'lines[0].testing');
});

const order = describing({
  payer: narrows(
    describing({ lastName: narrows(Type.String()), born: describes(Type.Optional(Type.Integer())) }),
  ),
  lines: Type.Array(Type.Object({ count: Type.Integer() })),
});

test('every broken rule is told at once, each by its path', () => {
  const { problems } = readInput(order, { payer: { lastName: '', born: 'x' }, lines: [{ count: 1 }, {}, 3] });
  assert.deepEqual(
    problems.map(({ field, rule }) => [field, rule]),
    [
      ['payer.lastName', 'empty'],
      ['payer.born', 'integer'],
      ['lines[1].count', 'required'],
      ['lines[2]', 'object'],
    ],
  );
});

test('unknown fields are left out with a warning, and never more than 50 warnings', () => {
  const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`x${index}`, 1]));
  const input = { payer: { lastName: 'A', age: 3 }, lines: [{ count: 1 }], ...many };
  const { value, problems, warnings } = readInput(order, input);
  assert.deepEqual([value, problems], [{ payer: { lastName: 'A' }, lines: [{ count: 1 }] }, []]);
  assert.equal(warnings.length, 50);
  assert.equal(warnings[0]?.field, 'payer.age');
  assert.ok(warnings.every((warning) => warning.rule === 'unknown_field'));
});

test('an absent body is an empty one: enough, or each missing field is named; null is none', () => {
  assert.deepEqual(readInput({ type: 'object', properties: { a: text } }, undefined).value, {});
  const { problems } = readInput(order, undefined);
  assert.deepEqual(
    problems.map((problem) => problem.field),
    ['payer', 'lines'],
  );
  for (const none of [null, [], 'x', 1]) {
    const [problem] = readInput(refund, none, { whole: 'body' }).problems;
    assert.deepEqual([problem?.field, problem?.rule], ['body', 'object']);
  }
});

test('names of the prototype are unknown fields like any other', () => {
  const { value, warnings } = readInput(
    order,
    parseJson('{"constructor":1,"toString":2,"payer":{"lastName":"A"},"lines":[{"count":1}]}'),
  );
  assert.deepEqual(value, { payer: { lastName: 'A' }, lines: [{ count: 1 }] });
  assert.deepEqual(
    warnings.map((warning) => warning.field),
    ['constructor', 'toString'],
  );
});

test('a body of more unknown members than anybody sends is refused, and costs no more than that', () => {
  const members = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`note${index}`, index]));
  const schema = { type: 'object', properties: {}, 'x-unknown': 'warned' } as const;
  assert.deepEqual(
    readInput(schema, members).problems.map(({ field, rule }) => [field, rule]),
    [['note1000', 'too_many_unknown']],
  );
});
