import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProviderMoney } from '../port/provider-answer.ts';
import { atLeast, manualPart } from './manual-part.ts';
import type { Move } from './word-beside-moves.ts';

const refund = (amountMinor: number, state: Move['state'], code: string | null = null): Move => ({
  operationId: amountMinor,
  kind: 'refund',
  amountMinor,
  state,
  code,
});

const cases: [name: string, said: number, refunded: number, others: Move[], manual: number][] = [
  ['nobody else gave anything back', 40, 0, [], 40],
  ['a refund of ours that was done is not what the person did', 40, 30, [refund(30, 'succeeded')], 40],
  ['nor one that may be done, whether its provider told of it', 40, 30, [refund(30, 'unknown')], 40],
  ['or not', 40, 0, [refund(30, 'unknown')], 40],
  ['nor one that its provider took', 40, 30, [refund(30, 'sent', 'pending')], 40],
  ['what was surely not done explains nothing', 40, 40, [refund(30, 'failed'), refund(20, 'created')], 0],
  ['nor what was refused for now', 40, 40, [refund(30, 'sent', 'busy')], 0],
  ['nor a release', 40, 40, [{ ...refund(30, 'succeeded'), kind: 'cancel' }], 0],
  ['what the provider tells of beyond ours the person did there', 40, 70, [refund(30, 'succeeded')], 0],
  ['as far as it reaches', 40, 45, [refund(30, 'succeeded')], 25],
  ['and no further', 40, 90, [refund(30, 'succeeded')], 0],
];

for (const [name, said, refunded, others, manual] of cases) {
  test(`given back by a person: ${name}`, () => assert.equal(manualPart(said, refunded, others), manual));
}

const totals = (
  authorizedMinor: number,
  capturedMinor: number,
  refundedMinor: number,
  cancelledMinor: number,
): ProviderMoney => ({ authorizedMinor, capturedMinor, refundedMinor, cancelledMinor });

const least: [name: string, told: ProviderMoney, sums: ProviderMoney, booked: ProviderMoney][] = [
  ['more is told', totals(100, 60, 20, 40), totals(90, 50, 10, 30), totals(100, 60, 20, 40)],
  ['a stale capture', totals(100, 0, 0, 0), totals(100, 60, 0, 0), totals(100, 60, 0, 0)],
  ['a stale refund', totals(100, 100, 0, 0), totals(100, 100, 30, 0), totals(100, 100, 30, 0)],
  ['a stale release', totals(100, 60, 0, 0), totals(100, 60, 0, 40), totals(100, 60, 0, 40)],
  ['taken beside a release', totals(100, 40, 0, 60), totals(100, 0, 0, 100), totals(100, 40, 0, 60)],
  ['reserved by our books only', totals(0, 0, 0, 0), totals(100, 0, 0, 100), totals(100, 0, 0, 100)],
];

for (const [name, told, sums, booked] of least) {
  test(`at least our own sums: ${name}`, () => assert.deepEqual(atLeast(told, sums), booked));
}
