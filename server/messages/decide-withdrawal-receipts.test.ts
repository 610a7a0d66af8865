import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideWithdrawalReceipts, type StatementToTell } from './decide-withdrawal-receipts.ts';

const [own, other] = ['kari@example.com', 'ola@example.com'];
const none = { toTyped: 0, toOwn: 0, proven: 0 };
const proven = { isProven: true, own, typed: undefined, before: none };
const unproven = { isProven: false, own, typed: other, before: none };

const cases: [name: string, statement: StatementToTell, sent: string[]][] = [
  ['proven', proven, [`${own} own`]],
  ['proven, with another address', { ...proven, typed: other }, [`${own} own`, `${other} own`]],
  ['proven, with its own address', { ...proven, typed: 'Kari@Example.com' }, [`${own} own`]],
  ['proven, of an order without an address', { ...proven, own: undefined, typed: other }, [`${other} own`]],
  ['proven, of an order without any', { ...proven, own: undefined }, []],
  ['proven again and again', { ...proven, before: { ...none, proven: 20 } }, []],
  [
    'proven, after many without proof',
    { ...proven, before: { toTyped: 9, toOwn: 9, proven: 0 } },
    [`${own} own`],
  ],
  ['without proof', unproven, [`${own} own`, `${other} stranger`]],
  ['without proof, from its own address', { ...unproven, typed: own }, [`${own} own`]],
  ['without proof, of no order', { ...unproven, own: undefined }, [`${other} stranger`]],
  ['without proof, the typed address had enough', { ...unproven, before: { ...none, toTyped: 3 } }, []],
  [
    'without proof, the order had enough',
    { ...unproven, before: { ...none, toOwn: 3 } },
    [`${other} stranger`],
  ],
  ['without proof, both had enough', { ...unproven, before: { toTyped: 3, toOwn: 3, proven: 0 } }, []],
];

for (const [name, statement, sent] of cases) {
  test(`${name}: ${sent.join(', ') || 'nobody'}`, () => {
    assert.deepEqual(
      decideWithdrawalReceipts(statement).map(({ to, as }) => `${to} ${as}`),
      sent,
    );
  });
}
