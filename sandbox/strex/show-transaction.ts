import type { Answer } from './answer.ts';
import type { Strex } from './strex.ts';

/**
 * `GET /api/strex/transactions/{id}`. The real one holds its answer back for up to 20 s while nothing is
 * decided; here it tells at once what is known.
 */
export function showTransaction(strex: Strex, id: string): Answer {
  const transaction = strex.find(id);
  if (!transaction) return { status: 404, body: { message: 'Strex transaction not found' } };
  const { transactionId, merchantId, shortNumber, recipient, serviceCode, invoiceText } = transaction;
  const { statusCode, detailedStatusCode, billed, tellsBilled } = transaction.status;
  return {
    status: 200,
    body: {
      transactionId,
      merchantId,
      shortNumber,
      recipient,
      serviceCode,
      invoiceText,
      price: transaction.priceMinor / 100,
      created: new Date(transaction.acceptedAtMilliseconds).toISOString(),
      lastModified: transaction.lastModified,
      statusCode,
      detailedStatusCode,
      ...(tellsBilled && { billed }),
    },
  };
}
