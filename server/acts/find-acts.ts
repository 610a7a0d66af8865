import { type Queryable, sql } from '../database/statement.ts';

export type ActRow = {
  act_id: number;
  at: Date;
  by_kind: string;
  by_id: string | null;
  scope: string | null;
  operation_id: string;
  subject_kind: string;
  subject_id: string | null;
  order_id: number | null;
  customer_number: number | null;
  reason: string | null;
  facts: Record<string, unknown>;
  request_id: string | null;
  address: string | null;
};

export type ActFilter = {
  publisherId: number;
  orderId: number | undefined;
  customerNumber: number | undefined;
  byKind: string | undefined;
  by: string | undefined;
  operation: string | undefined;
  from: Date | undefined;
  to: Date | undefined;
  beforeActId: number | undefined;
  limit: number;
};

const columns = `act_id, at, by_kind, by_id, scope, operation_id, subject_kind, subject_id, order_id,
  customer_number, reason, facts, request_id, address::text AS address`;

/** A publisher's acts, newest first, from those before an act on. */
export function findActs(database: Queryable, filter: ActFilter): Promise<ActRow[]> {
  const values: unknown[] = [filter.publisherId, filter.limit];
  const conditions = ['publisher_id = $1'];
  const add = (value: unknown, condition: (placeholder: string) => string) => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(filter.orderId, (given) => `order_id = ${given}`);
  add(filter.customerNumber, (given) => `customer_number = ${given}`);
  add(filter.byKind, (given) => `by_kind = ${given}`);
  add(filter.by, (given) => `by_id = ${given}`);
  add(filter.operation, (given) => `operation_id = ${given}`);
  add(filter.from, (given) => `at >= ${given}`);
  add(filter.to, (given) => `at < ${given}`);
  const before = (given: string) =>
    `SELECT at, act_id FROM acts WHERE publisher_id = $1 AND act_id = ${given}`;
  add(filter.beforeActId, (given) => `(at, act_id) < (${before(given)})`);
  const list = sql(
    'acts.list',
    `SELECT ${columns} FROM acts WHERE ${conditions.join(' AND ')} ORDER BY at DESC, act_id DESC LIMIT $2`,
  );
  return database.query<ActRow>(list, values);
}
