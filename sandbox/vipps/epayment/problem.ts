import { randomBytes } from 'node:crypto';
import type { Answer } from '../answer.ts';

/** Domain errors of the ePayment API, by code. Source: its guide, "Errors". */
const titles = {
  4020: 'Idempotency error',
  4070: 'Invalid phone number',
  4090: 'Invalid URL',
  4140: 'Missing required parameter',
  4150: 'Reference already exists',
  5040: 'Invalid currency for merchant',
  5070: 'Payment cannot be created',
  5080: 'PUSH_MESSAGE not allowed',
  5090: 'Reference not found',
  6010: 'Amount too small',
  6020: 'Attempted refund before reservation',
  6030: 'Cancel period expired',
  6040: 'Cannot cancel a captured payment',
  6060: 'Cannot cancel authorized payment',
  6070: 'Cannot capture a cancelled payment',
  6080: 'Cannot capture before reservation',
  6090: 'Capture amount too high',
  6100: 'Capture period expired',
  6150: 'Not enough refundable',
  6170: 'Payment already captured',
  6180: 'Payment already refunded',
  6190: 'Payment cannot be cancelled',
  6200: 'Payment cannot be captured',
  6210: 'Payment cannot be refunded',
  6220: 'Refund period expired',
  6230: 'Payment is already reserved',
  6250: 'Cannot cancel processing payment',
  7010: 'Customer not found',
  10010: 'Approve failed',
} as const;

export type EpaymentCode = keyof typeof titles;

/** A domain error, with its code where clients are to look for it. */
export function refuse(code: EpaymentCode, status = 400): Answer {
  return problem(status, titles[code], [{ name: 'ErrorCode', reason: String(code) }]);
}

/** The form of every error of ePayment and Webhooks (RFC 7807). */
export function problem(
  status: number,
  title: string,
  extraDetails: { name: string; reason: string }[] = [],
): Answer {
  return {
    status,
    body: {
      type: `https://httpstatuses.io/${status}`,
      title,
      detail: extraDetails.length > 0 ? 'See extraDetails for further details' : title,
      status,
      extraDetails,
      traceId: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
    },
  };
}
