import { type Queryable, sql } from '../database/statement.ts';
import type { Address } from './address.ts';
import type { CustomerKey } from './customers-store.ts';
import type { AddressPlan, StoredAddress } from './decide-address-change.ts';

const findStatement = sql(
  'customerAddresses.find',
  `SELECT address_id, products, address, starts_at, ends_at
   FROM customer_addresses WHERE publisher_id = $1 AND customer_number = $2 ORDER BY address_id`,
);

type Row = {
  address_id: number;
  products: string[] | null;
  address: Address;
  starts_at: Date;
  ends_at: Date | null;
};

/** All addresses of a customer: those that were, that are, and that will be. */
export async function findAddresses(
  database: Queryable,
  { publisherId, customerNumber }: CustomerKey,
): Promise<StoredAddress[]> {
  const rows = await database.query<Row>(findStatement, [publisherId, customerNumber]);
  return rows.map((row) => ({
    addressId: row.address_id,
    products: row.products ?? undefined,
    address: row.address,
    startsAt: row.starts_at,
    endsAt: row.ends_at ?? undefined,
  }));
}

const insertStatement = sql(
  'customerAddresses.insert',
  `INSERT INTO customer_addresses (publisher_id, customer_number, products, address, starts_at, ends_at)
   VALUES ($1, $2, $3, $4, $5, $6) RETURNING address_id`,
);

const endStatement = sql(
  'customerAddresses.end',
  `UPDATE customer_addresses SET ends_at = $4
   WHERE publisher_id = $1 AND customer_number = $2 AND address_id = ANY ($3::bigint[])`,
);

const moveStatement = sql(
  'customerAddresses.move',
  `UPDATE customer_addresses SET starts_at = $4, ends_at = $5
   WHERE publisher_id = $1 AND customer_number = $2 AND address_id = $3`,
);

const deleteStatement = sql(
  'customerAddresses.delete',
  'DELETE FROM customer_addresses WHERE publisher_id = $1 AND customer_number = $2 AND address_id = $3',
);

/** Does what was decided under the lock of the customer; answers the address that it is about. */
export async function applyAddressPlan(
  transaction: Queryable,
  { publisherId, customerNumber }: CustomerKey,
  plan: AddressPlan,
): Promise<number> {
  const customer = [publisherId, customerNumber];
  if (plan.does === 'delete') {
    await transaction.query(deleteStatement, [...customer, plan.id]);
    return plan.id;
  }
  if (plan.does === 'move') {
    await transaction.query(moveStatement, [...customer, plan.id, plan.startsAt, plan.endsAt ?? null]);
    return plan.id;
  }
  if (plan.ends.length > 0) await transaction.query(endStatement, [...customer, plan.ends, plan.startsAt]);
  const { products, address, startsAt, endsAt } = plan;
  const values = [...customer, products ?? null, JSON.stringify(address), startsAt, endsAt ?? null];
  const [row] = await transaction.query<{ address_id: number }>(insertStatement, values);
  if (!row) throw new Error('an address was not written');
  return row.address_id;
}
