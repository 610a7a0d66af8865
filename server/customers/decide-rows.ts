import type { Key, NamedKey, Payer } from './decide-person.ts';

/** A person, as far as it tells which rows are theirs. */
export type Person = {
  accountIds: ReadonlySet<number>;
  /** Addresses that nobody has proven, and that the publisher was shown to be theirs. */
  vouched: ReadonlySet<Key>;
  /** The orders they paid for, with the keys on each that are somebody else's. */
  orders: ReadonlyMap<number, { others: ReadonlySet<Key> }>;
};

/** Whether a person paid for an order; `mayPay` are orders that were found to be theirs unproven. */
export function isPaidBy(
  { accountIds, vouched }: Pick<Person, 'accountIds' | 'vouched'>,
  mayPay: ReadonlySet<number>,
  { orderId, payer }: { orderId: number; payer: Payer },
): boolean {
  if (payer.kind === 'account') return accountIds.has(payer.accountId);
  return payer.kind === 'unproven' && (mayPay.has(orderId) || payer.keys.some((key) => vouched.has(key)));
}

/**
 * Whether a row is theirs that names keys, or hangs on an order. What anybody has proven is that person's.
 * What nobody has proven is of whoever paid for the order, but for keys that are shown to be another's.
 */
export function isTheirs(
  row: { orderId: number | undefined; keys: readonly NamedKey[] },
  person: Person,
): boolean {
  const provers = row.keys.flatMap(({ provenBy }) => provenBy ?? []);
  if (provers.length > 0) return provers.every((accountId) => person.accountIds.has(accountId));
  if (row.keys.some(({ key }) => person.vouched.has(key))) return true;
  const order = row.orderId === undefined ? undefined : person.orders.get(row.orderId);
  return order !== undefined && !row.keys.some(({ key }) => order.others.has(key));
}

/** An account that nobody has proven: made for an address that was typed. */
export type PendingAccount = { accountId: number; keys: readonly Key[]; orderIds: readonly number[] };

/** Whether an account that nobody has proven goes with a person: it knows nothing but what is theirs. */
export function isTheirPending(
  { keys, orderIds }: PendingAccount,
  {
    typed,
    vouched,
    orders,
  }: { typed: ReadonlySet<Key>; vouched: ReadonlySet<Key>; orders: ReadonlySet<number> },
): boolean {
  return (
    keys.every((key) => typed.has(key) || vouched.has(key)) &&
    orderIds.every((orderId) => orders.has(orderId))
  );
}
