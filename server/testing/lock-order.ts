import type { AnsweredStatement } from '../database/connect.ts';
import { type Lock, type LockedTable, lockedTables, readLocks } from './read-locks.ts';

const order = Object.keys(lockedTables) as LockedTable[];

/** What a transaction holds of a table: rows that are known by their keys, and maybe others. */
type Held = { keys: Set<number>; others: boolean };

/** The locks of one transaction, one statement after the other. */
export type TransactionLocks = ReturnType<typeof openTransactionLocks>;

/**
 * Follows the row locks of one transaction, which are to be taken in one order, so that no two transactions
 * wait for each other: orders by their ids, then payments, then attempts. A row that is held may be locked
 * again at any time.
 */
export function openTransactionLocks() {
  const held = new Map<LockedTable, Held>();
  const names: string[] = [];
  return {
    /** Answers what broke the order, if anything did. */
    note(statement: Omit<AnsweredStatement, 'session'>): string | undefined {
      const locks = locksOf(statement.text);
      if (locks.length === 0) return undefined;
      names.push(statement.name);
      const reversals = locks.flatMap((lock) => noteLock(held, lock, statement) ?? []);
      return reversals.length === 0 ? undefined : `${reversals.join('; ')}: ${names.join(', ')}`;
    },
  };
}

const known = new Map<string, Lock[]>();

function locksOf(text: string): readonly Lock[] {
  let locks = known.get(text);
  if (locks === undefined) known.set(text, (locks = readLocks(text)));
  return locks;
}

function noteLock(
  held: Map<LockedTable, Held>,
  lock: Lock,
  statement: Omit<AnsweredStatement, 'session'>,
): string | undefined {
  const keys = keysOf(lock, statement);
  if (keys?.length === 0 || (keys === undefined && statement.rowCount === 0)) return undefined;
  const before = held.get(lock.table) ?? { keys: new Set(), others: false };
  const added = keys?.filter((key) => !before.keys.has(key));
  const isHeld = added ? added.length === 0 || before.others : before.keys.size > 0 || before.others;
  held.set(lock.table, {
    keys: before.keys.union(new Set(keys)),
    others: before.others || (keys === undefined && !isHeld),
  });
  if (isHeld || !lock.waits) return undefined;
  const later = order.slice(order.indexOf(lock.table) + 1).filter((table) => held.has(table));
  if (later.length > 0) return `${lock.table} after ${later.join(' and ')}`;
  if (added === undefined) return undefined;
  if (added.length > 1 && !lock.isSorted) return `${lock.table} in no order`;
  return Math.min(...added) < Math.max(...before.keys) ? `${lock.table} not by their ids` : undefined;
}

/** The keys that a statement locked, as far as its rows or its parameters say. */
function keysOf(
  { table, parameter }: Lock,
  { rows, values, rowCount }: Omit<AnsweredStatement, 'session'>,
): number[] | undefined {
  const key = lockedTables[table];
  const told = rows.map((row) => (row as Record<string, unknown>)[key]);
  if (told.length > 0 && told.every((value) => typeof value === 'number')) return [...new Set(told)];
  if (parameter === undefined || rowCount === 0) return undefined;
  return [...new Set([values[parameter - 1]].flat().map(Number))];
}
