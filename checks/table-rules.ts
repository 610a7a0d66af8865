/** A table that a room writes, or names as its own, beside the room that owns it. */
export type Shared = { table: string; room: string; because: string };

const unpaid = 'an order that nobody paid for is deleted whole';
const unpaidOnPage = 'what nobody paid on a page is deleted whole';

export const sharedTables: readonly Shared[] = [
  {
    table: 'acts',
    room: 'server/database',
    because: 'an act is written with its effect, whichever room that is of',
  },
  { table: 'sealed_keys', room: 'server/callbacks', because: 'those of its own purpose' },
  { table: 'sealed_keys', room: 'server/publishers', because: 'those of its own purpose' },
  {
    table: 'idempotency_keys',
    room: 'server/orders',
    because: 'one statement saves many orders with their keys',
  },
  { table: 'attempt_counters', room: 'server/accounts', because: 'what no limit looks back to is deleted' },
  {
    table: 'accounts',
    room: 'server/customers',
    because: 'which customer a reader is stands with the account, under its lock',
  },
  { table: 'grants', room: 'server/orders', because: unpaid },
  { table: 'order_assignments', room: 'server/orders', because: unpaid },
  { table: 'order_completions', room: 'server/orders', because: unpaid },
  {
    table: 'order_completions',
    room: 'server/accounts',
    because: 'a corrected address stands for the one asked for',
  },
  {
    table: 'orders',
    room: 'server/accounts',
    because: 'an assignment sets the account, under the lock of the order',
  },
  {
    table: 'orders',
    room: 'server/payments/charging',
    because: 'the method that a buyer chose, and that a payment is given up, under the lock of the order',
  },
  { table: 'payment_agreements', room: 'server/payments/ledger', because: 'they begin with evidence' },
  {
    table: 'payment_attempts',
    room: 'server/payments/charging',
    because: 'what a buyer is shown, and when to ask next',
  },
  {
    table: 'payment_attempts',
    room: 'server/payments/before-orders',
    because: 'what was paid elsewhere becomes one, and what nobody paid on a page is deleted whole',
  },
  {
    table: 'payment_operations',
    room: 'server/payments/before-orders',
    because: 'what was taken before the order, and what nobody paid on a page is deleted whole',
  },
  { table: 'payments', room: 'server/payments/before-orders', because: unpaidOnPage },
  { table: 'payment_keys', room: 'server/payments/before-orders', because: unpaidOnPage },
  {
    table: 'payment_keys',
    room: 'server/orders',
    because: 'with the name of a buyer goes what providers said of the payment',
  },
  {
    table: 'payment_operations',
    room: 'server/payments/ledger',
    because: 'the call of an attempt is written with it, before it is made, and ends with it',
  },
];
