import { createHmac } from 'node:crypto';
import type { Secrets } from '../config/secrets.ts';
import { addressKeys, takeAttempt } from '../database/attempt-limits.ts';
import { runOnce } from '../database/idempotency-keys.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { comparedEmail } from '../kit/email-address.ts';
import { findNamedOrder } from './find-named-order.ts';
import { receiveUnproven, type Statement } from './receive-withdrawal.ts';
import { onceOf } from './state-once.ts';
import type { WithdrawalRow } from './withdrawals-store.ts';

type Context = { database: Database; secrets: Pick<Secrets, 'credentialHash'> };

const hour = 3600;

/**
 * By network alone: a limit by order number, or by the address for the receipt, would let strangers shut the
 * buyer out. That one network writes to one address often is for nobody's good.
 */
function limitsOf(secret: Buffer, address: string, receiptTo: string | undefined) {
  const { near, around } = addressKeys(secret, address);
  const mailbox = receiptTo && comparedEmail(receiptTo);
  const to = createHmac('sha256', secret).update(`receipt ${mailbox}`).digest('hex');
  return [
    { counter: `withdrawal from near ${near}`, most: 10, withinSeconds: hour },
    { counter: `withdrawal from around ${around}`, most: 40, withinSeconds: hour },
    { counter: `withdrawal from near ${near} to ${to.slice(0, 32)}`, most: 10, withinSeconds: 24 * hour },
  ];
}

/**
 * Keeps what anybody states on the open page, from a network address. What comes back tells nothing of the
 * order, and must not be shown: a page says what was stated, and when. Answers nothing where this network has
 * stated enough for now; then nothing is kept.
 */
export function receiveStatement(
  { database, secrets }: Context,
  statement: Statement,
  address: string,
): Promise<WithdrawalRow | undefined> {
  return database.transaction('receive-statement', (transaction) =>
    receive(transaction, secrets, statement, address),
  );
}

/** The same from a page, once for the key of its summary; answers when it was received. */
export function receiveStatementOnce(
  { database, secrets }: Context,
  statement: Statement,
  { address, key }: { address: string; key: string },
): Promise<{ receivedAt: Date } | undefined> {
  const once = onceOf(statement, 'state a withdrawal', key, statement);
  return database.transaction('receive-statement', async (transaction) => {
    const { status, body } = await runOnce(transaction, once, async () => {
      const row = await receive(transaction, secrets, statement, address);
      return { status: row ? 202 : 429, body: { receivedAt: row?.recorded_at.toISOString() ?? '' } };
    });
    const { receivedAt } = body as { receivedAt: string };
    return status === 202 ? { receivedAt: new Date(receivedAt) } : undefined;
  });
}

async function receive(
  transaction: Transaction,
  secrets: Context['secrets'],
  statement: Statement,
  address: string,
): Promise<WithdrawalRow | undefined> {
  const limits = limitsOf(secrets.credentialHash, address, statement.receiptTo);
  if (!(await takeAttempt(transaction, limits))) return undefined;
  const { publisherId } = statement.publisher;
  const id = await findNamedOrder(transaction, publisherId, statement.orderReference);
  return receiveUnproven(transaction, statement, id);
}
