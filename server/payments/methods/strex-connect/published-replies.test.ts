import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTransaction } from './read-answer.ts';
import { meaningOf } from './translate.ts';

/** As the user guide shows them (github Target365/REST, June 2026), without fields nobody reads. */
const shown = {
  created: '2018-11-02T12:00:00Z',
  invoiceText: 'Thank you for your donation',
  merchantId: 'mer_test',
  price: 10.5,
  serviceCode: '14002',
  transactionId: '8502b85f-fac2-47cc-8e55-a20ab8680427',
  statusCode: 'Ok',
  detailedStatusCode: 'Delivered',
};
const report = {
  correlationId: null,
  price: null,
  operatorId: 'no.telenor',
  statusCode: 'Ok',
  detailedStatusCode: 'Delivered',
  delivered: true,
  billed: null,
};

const replies: [name: string, reply: object, priceMinor: number | undefined][] = [
  ['a transaction that is read', shown, 1050],
  ['a report', report, undefined],
];

for (const [name, reply, priceMinor] of replies) {
  test(`as published: ${name}`, () => {
    const transaction = readTransaction(reply);
    assert.ok(transaction);
    assert.deepEqual([transaction.billed, transaction.priceMinor], [undefined, priceMinor]);
    assert.deepEqual(meaningOf(transaction), { meaning: 'secured' });
  });
}
