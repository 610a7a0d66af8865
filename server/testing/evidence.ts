import { applyEvidence } from '../payments/ledger/apply-evidence.ts';
import type { AttemptState } from '../payments/payment.ts';
import type { Evidence } from '../payments/port/provider-answer.ts';
import type { MoneyFixture } from './money.ts';

export type Pending = Awaited<ReturnType<MoneyFixture['pending']>>;
export type Told = Omit<Evidence, 'raw'> & { raw?: string };
export type Reported = { name: string; facts: Record<string, unknown> };

/** Applies evidence about one attempt, as a question would learn it. */
export function tellOf(
  { node }: MoneyFixture,
  { publisherId, attemptId }: Pending,
  told: Told,
  isRefunded = false,
): Promise<AttemptState> {
  const evidence: Evidence = { raw: '', ...told };
  const received = { publisherId, attemptId, source: 'question', evidence, isRefunded } as const;
  return node.context.database.transaction('test', (transaction) =>
    applyEvidence(node.context, transaction, received),
  );
}

/** What is reported of an order while something is done. */
export async function reportedBy(
  { node }: MoneyFixture,
  { orderId }: Pending,
  work: () => Promise<unknown>,
): Promise<Reported[]> {
  const read = () =>
    node.rows<Reported>('SELECT name, facts FROM events WHERE order_id = $1 ORDER BY event_id', [orderId]);
  const known = (await read()).length;
  await work();
  return (await read()).slice(known);
}

/** One column of an attempt, or of its payment. */
export async function columnOf(
  { node }: MoneyFixture,
  { attemptId }: Pending,
  name: string,
): Promise<unknown> {
  const [row] = await node.rows<{ value: unknown }>(
    `SELECT ${name} AS value FROM payment_attempts JOIN payments USING (payment_id) WHERE attempt_id = $1`,
    [attemptId],
  );
  return row?.value;
}
