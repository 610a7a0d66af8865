import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { fieldProblem, Problem } from '../kit/problem.ts';
import { applyAddressPlan, findAddresses } from './addresses-store.ts';
import type { CustomerEvent } from './customer.ts';
import type { CustomerKey } from './customers-store.ts';
import { type AddressRequest, decideAddressChange } from './decide-address-change.ts';

const clockStatement = sql(
  'clock.readWithDay',
  `SELECT now, date_trunc('day', now AT TIME ZONE $1) AT TIME ZONE $1 AS day_start
   FROM (SELECT (SELECT leveret_now()) AS now) AS clock`,
);

// What was is kept, so that whoever changes and changes would fill the database.
const mostAddresses = 500;

/**
 * Changes the addresses of a customer who is locked; answers the id of the one that it is about. Throws what
 * `decideAddressChange` refuses.
 */
export async function changeAddress(
  transaction: Transaction,
  key: CustomerKey,
  request: AddressRequest,
  timeZone: string,
): Promise<number> {
  const stored = await findAddresses(transaction, key);
  const [clock] = await transaction.query<{ now: Date; day_start: Date }>(clockStatement, [timeZone]);
  if (!clock) throw new Error('the clock of the database answered nothing');
  const plan = decideAddressChange(request, stored, { now: clock.now, dayStart: clock.day_start });
  if ('refused' in plan) throw fieldProblem(plan.refused, plan.field, plan.message);
  if (plan.does === 'add' && stored.length >= mostAddresses) throw new Problem('too_many_addresses');
  const id = await applyAddressPlan(transaction, key, plan);
  const { changeType } = request;
  await transaction.report<CustomerEvent>([{ name: 'customer address changed', ...key, changeType }]);
  return id;
}
