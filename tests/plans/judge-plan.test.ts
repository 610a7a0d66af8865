import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePlan, type PlanNode } from './judge-plan.ts';

const growing = new Set(['orders', 'events_202601']);
const off = { isOn: false, aboveCost: 100_000 };
const on = { isOn: true, aboveCost: 100_000 };
const scan = (table: string, cost = 10): PlanNode => ({
  'Node Type': 'Seq Scan',
  'Relation Name': table,
  'Total Cost': cost,
});
const over = (...Plans: PlanNode[]): PlanNode => ({ 'Node Type': 'Nested Loop', 'Total Cost': 20, Plans });
const dear: PlanNode = { 'Node Type': 'Index Scan', 'Relation Name': 'orders', 'Total Cost': 100_001 };

const cases = [
  { of: 'a small table read whole', plan: scan('publishers'), expected: [] },
  { of: 'an index of a growing table', plan: dear, expected: [] },
  { of: 'a growing table read whole', plan: scan('orders'), expected: ['reads all of orders'] },
  {
    of: 'what lies below',
    plan: over(scan('publishers'), over(scan('events_202601'), scan('orders'))),
    expected: ['reads all of events_202601', 'reads all of orders'],
  },
  { of: 'what is not dear enough', plan: scan('publishers', 100_000), compiling: on, expected: [] },
  { of: 'what is', plan: dear, compiling: on, expected: ['is compiled, at a cost of 100001'] },
];

for (const { of, plan, compiling = off, expected } of cases) {
  test(`the plan of ${of}: ${expected.join(', ') || 'well'}`, () => {
    assert.deepEqual(judgePlan(plan, growing, compiling), expected);
  });
}
