import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderBody } from './order-body.ts';
import { withCurrentMethod } from './with-current-method.ts';

const paid = { transactionId: 'T1' };
const cases: [given: object, read: object, warnings: string[]][] = [
  [{}, {}, []],
  [{ paymentMethod: 'free' }, { paymentMethod: 'free' }, []],
  [
    { paymentMethod: 'other', paymentInfoOther: paid },
    { paymentMethod: 'other', paymentInfoOther: paid },
    [],
  ],
  [{ paymentMethod: 'creditcard' }, { paymentMethod: 'other' }, ['former_name']],
  [
    { paymentMethod: 'creditcard', paymentInfo: paid },
    { paymentMethod: 'other', paymentInfoOther: paid },
    ['former_name'],
  ],
  [
    { paymentMethod: 'masterpass', paymentInfo: paid, prepaid: true },
    { paymentMethod: 'other', paymentInfoOther: paid, prepaid: true },
    ['former_name'],
  ],
  [{ paymentMethod: 'kco', paymentInfo: paid }, { paymentMethod: 'kco' }, ['payment_info_is_not_used']],
  [{ paymentInfo: paid }, {}, ['payment_info_is_not_used']],
];

for (const [given, read, warnings] of cases) {
  test(`${JSON.stringify(given)} is read as ${JSON.stringify(read)}`, () => {
    const said: string[] = [];
    const warn = (rule: string) => said.push(rule);
    assert.deepEqual(withCurrentMethod({ warn }, given as OrderBody), read);
    assert.deepEqual(said, warnings);
  });
}
