/**
 * A number as Vipps MobilePay reads it: digits only, with the country's. Nothing where it cannot be read, so
 * that it is left out. Source: ePayment API 1.8.1, `phoneNumber`: `^\d{9,15}$`.
 */
export function msisdnOf(mobile: string | undefined): string | undefined {
  const digits = mobile?.replace(/\D/g, '') ?? '';
  return /^\d{9,15}$/.test(digits) ? digits : undefined;
}
