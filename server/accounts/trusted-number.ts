/** A number that nobody has proven for longer may have got another owner. */
export const numberTrustedDays = 180;

/**
 * SQL, of a proven credential: whether its account is still reached by it. An e-mail address is for good, a
 * number for as long as `numberTrustedDays` after its last proof.
 */
export function isTrusted(credential: string): string {
  return `(${credential}.kind = 'email' OR ${credential}.last_proven_at
    >= (SELECT leveret_now()) - interval '${numberTrustedDays} days')`;
}
