import type { MethodContext } from '../../port/payment-method.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { getTransaction, reversalOf } from './call-strex.ts';
import { readTransaction } from './read-answer.ts';
import { codeOf, meaningOf } from './translate.ts';

/** `refundedMinor` is what is known to be given back; undefined where nothing is known to be taken yet. */
type Asked = { reference: string; amountMinor: number; refundedMinor: number | undefined };

/**
 * Reads a transaction, and once its money is known to be taken also its reversal: Strex leaves the
 * transaction as it is when it gives the price back. A transaction that Strex does not have is `not_sent`.
 */
export async function askTransaction(context: MethodContext, asked: Asked): Promise<Evidence> {
  const answer = await getTransaction(context.http, context.settings, asked.reference);
  const raw = 'raw' in answer ? answer.raw : '';
  if (answer.kind === 'refused' && answer.status === 404)
    return { meaning: 'not_sent', code: 'not found', raw };
  if (answer.kind !== 'done') return { meaning: 'unknown', code: answer.code, raw };
  const transaction = readTransaction(answer.body);
  if (!transaction) return { meaning: 'unknown', code: `status ${answer.status}`, raw };
  const evidence = { ...meaningOf(transaction), code: codeOf(transaction), providerId: asked.reference, raw };
  if (evidence.meaning !== 'secured') return evidence;
  const takenMinor = transaction.priceMinor ?? asked.amountMinor;
  const isReversed = transaction.statusCode === 'Reversed' || (await hasReversal(context, asked));
  return { ...evidence, money: moneyOf(takenMinor, isReversed ? takenMinor : (asked.refundedMinor ?? 0)) };
}

export function moneyOf(takenMinor: number, refundedMinor: number) {
  return { authorizedMinor: takenMinor, capturedMinor: takenMinor, refundedMinor, cancelledMinor: 0 };
}

async function hasReversal(context: MethodContext, { reference, refundedMinor }: Asked): Promise<boolean> {
  if (refundedMinor === undefined) return false;
  const answer = await getTransaction(context.http, context.settings, reversalOf(reference));
  const reversal = answer.kind === 'done' ? readTransaction(answer.body) : undefined;
  return reversal !== undefined && meaningOf(reversal).meaning === 'secured';
}
