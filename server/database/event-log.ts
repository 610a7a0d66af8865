import type { AnyEvent } from '../kit/journey-runner.ts';
import { type Queryable, sql } from './statement.ts';
import type { Transaction } from './transaction.ts';

const insertEvents = sql(
  'events.insert',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at)
   INSERT INTO events (publisher_id, order_id, name, facts, occurred_at)
   SELECT given.publisher_id, given.order_id, given.name, given.facts, clock.at
   FROM clock,
     unnest($1::integer[], $2::bigint[], $3::text[], $4::json[]) AS given (publisher_id, order_id, name,
       facts)`,
);

/** The part of a transaction that the log needs: where it writes, and who began what happened. */
export type Logging = Queryable & Pick<Transaction, 'byOf'>;

/**
 * Appends events with their facts, and who began them. Ids and facts only: personal data has tables of its
 * own.
 */
export async function logEvents(transaction: Logging, events: readonly AnyEvent[]): Promise<void> {
  await transaction.query(insertEvents, [
    events.map((event) => event.publisherId),
    events.map((event) => event.orderId ?? null),
    events.map((event) => event.name),
    events.map((event) => {
      const { name: _name, publisherId: _publisherId, orderId: _orderId, ...facts } = event;
      return JSON.stringify(Object.assign(facts, { by: transaction.byOf(event) }));
    }),
  ]);
}

const forgetStatement = sql(
  'events.forget',
  `UPDATE events SET facts = (facts::jsonb - $4::text)::json
   WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[]) AND name = $3`,
);

/** Leaves a fact out of what was logged of some orders: the only way in which the log changes. */
export async function forgetFact(
  transaction: Queryable,
  of: { publisherId: number; orderIds: readonly number[]; name: string; fact: string },
): Promise<void> {
  await transaction.query(forgetStatement, [of.publisherId, of.orderIds, of.name, of.fact]);
}
