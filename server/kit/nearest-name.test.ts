import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findNearest } from './nearest-name.ts';

const known = ['amount', 'lines', 'externalOrderId', 'orderId', 'access'];

const cases: [name: string, nearest: string | undefined][] = [
  ['Amount', 'amount'],
  ['amuont', 'amount'],
  ['amont', 'amount'],
  ['externalorderid', 'externalOrderId'],
  ['external_order_id', 'externalOrderId'],
  ['orderid', 'orderId'],
  ['acess', 'access'],
  ['name', undefined],
  ['email', undefined],
  ['', undefined],
  ['x'.repeat(1_000_000), undefined],
];

for (const [name, nearest] of cases)
  test(`${name.slice(0, 30) || 'no name'} is ${nearest ?? 'near to nothing'}`, () => {
    assert.equal(findNearest(name, known), nearest);
  });
