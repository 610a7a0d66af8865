import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLinkReport } from '../../../provider-clients/link-mobility/read-report.ts';
import { meaningOfReport } from './translate.ts';

/** As LINK's document shows them ("SMS REST API, MT and Delivery Reports" 1.18), without fields nobody reads. */
const report = { refId: '0', id: '0', segments: 1, gateCustomParameters: {} };

const reports: [name: string, fields: object, told: object][] = [
  [
    'delivered',
    { operator: 'no.telenor', resultCode: 1001, operatorResultCode: '2' },
    { meaning: 'secured' },
  ],
  [
    'to a number that does not exist',
    { operator: null, resultCode: 2106, operatorResultCode: null },
    { meaning: 'declined', reason: 'declined' },
  ],
];

for (const [name, fields, told] of reports) {
  test(`as published: ${name}`, () => {
    const read = readLinkReport({ ...report, ...fields });
    assert.ok(read);
    assert.deepEqual([read.refId, read.messageId], ['0', '0']);
    assert.deepEqual(meaningOfReport(read.resultCode), told);
  });
}

test('as published: a part of a message', () => {
  assert.equal(readLinkReport({ ...report, id: 'abc123$0', resultCode: 1001 })?.messageId, 'abc123');
});
