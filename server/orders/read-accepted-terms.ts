import type { AcceptedTerms } from './order-body.ts';
import { type OrderDateReader, readOrderDate } from './read-order-date.ts';

/** The terms that the buyer accepted, as the order keeps them: by name, or by what is known of them. */
export function readAcceptedTerms(
  reading: OrderDateReader,
  given: AcceptedTerms | undefined,
): string | Record<string, unknown> | undefined {
  if (given === undefined || typeof given === 'string') return given;
  const { acceptedAt, ...terms } = given;
  const at = readOrderDate(reading, 'moment', 'acceptedTerms.acceptedAt', acceptedAt);
  return { ...terms, ...(at && { acceptedAt: at.toISOString() }) };
}
