import { sql } from '../../database/statement.ts';
import { ChangedMeanwhile, type Transaction } from '../../database/transaction.ts';
import {
  type AttemptRow,
  attemptColumns,
  joinedToOrder,
  type OrderToPay,
  orderToPay,
} from './attempts-store.ts';

// As it was before the lock was waited for. One that is missing may have been made since. One that is there
// may have been deleted since, by erasing or pruning: what is sealed with it then nobody can read, like all
// that came before.
const keyColumn = `(SELECT sealed_key FROM payment_keys WHERE payment_keys.payment_id = payments.payment_id)
   AS sealed_key`;

// Locked in the order of the list. Each row is read as it is when its lock is had, and where the payment is
// of another order by then, no row is left.
const lockPaymentStatement = sql(
  'payments.lock',
  `SELECT ${attemptColumns}, ${keyColumn}, ${orderToPay('its_')}
   FROM payment_attempts JOIN payments USING (payment_id)
     JOIN orders ON orders.order_id = payments.order_id ${joinedToOrder}
   WHERE payment_attempts.publisher_id = $1 AND attempt_id = $2
   FOR UPDATE OF orders, payments, payment_attempts`,
);

const lockAttemptStatement = sql(
  'paymentAttempts.lock',
  `SELECT ${attemptColumns}, ${keyColumn} FROM payment_attempts JOIN payments USING (payment_id)
   WHERE payment_attempts.publisher_id = $1 AND attempt_id = $2 FOR UPDATE OF payments, payment_attempts`,
);

export type LockedPayment = {
  attempt: LockedAttempt;
  /** The order whose payment it is; nothing where no order has taken it. */
  order: OrderToPay | undefined;
};

/**
 * Locks the payment of an attempt: its order where it has one, then the payment, then the attempt. Every step
 * of a payment begins so, and nothing locks an order after a payment. Where another order has taken the
 * payment meanwhile, the transaction begins again.
 */
export async function lockPayment(
  transaction: Transaction,
  { publisherId, attemptId }: { publisherId: number; attemptId: number },
): Promise<LockedPayment | undefined> {
  const key = [publisherId, attemptId];
  const [both] = await transaction.query<LockedAttempt & ItsOrder>(lockPaymentStatement, key);
  if (both) return { attempt: both, order: orderIn(both) };
  const [attempt] = await transaction.query<LockedAttempt>(lockAttemptStatement, key);
  if (!attempt) return undefined;
  if (attempt.order_id !== null) throw new ChangedMeanwhile();
  return { attempt, order: undefined };
}

/** With the key of its evidence, as it was before the lock was waited for. */
type LockedAttempt = AttemptRow & { sealed_key: Buffer | null };

type ItsOrder = { [Name in keyof OrderToPay as `its_${Name}`]: OrderToPay[Name] };

function orderIn(row: ItsOrder): OrderToPay {
  return {
    order_id: row.its_order_id,
    publisher_id: row.its_publisher_id,
    state: row.its_state,
    payment_method: row.its_payment_method,
    merchant_id: row.its_merchant_id,
    amount_minor: row.its_amount_minor,
    currency: row.its_currency,
    is_cancel_asked: row.its_is_cancel_asked,
    prepaid: row.its_prepaid,
    recurring: row.its_recurring,
    mobile: row.its_mobile,
    mobile_key: row.its_mobile_key,
    email: row.its_email,
    country: row.its_country,
    locale: row.its_locale,
    publisher_settings: row.its_publisher_settings,
  };
}
