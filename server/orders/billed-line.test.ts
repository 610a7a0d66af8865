import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeliveryStatus, deliveryStatusOf, type InvoiceStatus, invoiceStatusOf } from './billed-line.ts';
import type { OrderState } from './order.ts';

const bills: readonly [string | null, InvoiceStatus][] = [
  [null, 'notInvoiced'],
  ['draft', 'notInvoiced'],
  ['issued', 'invoiced'],
  ['credited', 'credited'],
];
for (const [state, expected] of bills) {
  test(`a line with the bill ${state} is ${expected}`, () =>
    assert.equal(invoiceStatusOf({ invoice_state: state }), expected));
}

const now = new Date('2026-05-01T12:00:00Z');
const later = new Date('2026-05-01T12:00:01Z');
const deliveries: readonly [OrderState, Date | null, string | null, DeliveryStatus][] = [
  ['registered', null, null, 'waiting'],
  ['paying', now, null, 'waiting'],
  ['completed', null, null, 'delivered'],
  ['completed', now, null, 'delivered'],
  ['completed', later, null, 'waiting'],
  ['completed', later, 'refunded', 'cancelled'],
  ['completed', null, 'withdrawn', 'cancelled'],
  ['stopped', null, null, 'cancelled'],
];
for (const [state, starts, ended, expected] of deliveries) {
  test(`a line of an order ${state}, from ${starts?.toISOString()}, ended ${ended}: ${expected}`, () =>
    assert.equal(deliveryStatusOf({ starts_at: starts, ended_reason: ended }, { state }, now), expected));
}
