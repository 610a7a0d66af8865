/**
 * The check digit of modulus 10 (Luhn, ISO/IEC 7812-1 annex B): from the right, every second digit is doubled
 * and the digits of all are summed.
 */
export function luhnDigit(digits: string): number {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

const numberDigits = 9;

/**
 * The customer identification (KID) by which a bank tells which invoice was paid: the invoice number in nine
 * digits and its check digit. One length for all numbers, as the bank's agreement asks.
 */
export function kidOf(invoiceNumber: number): string {
  const digits = String(invoiceNumber).padStart(numberDigits, '0');
  if (!/^\d{9}$/.test(digits)) throw new RangeError(`the invoice number ${invoiceNumber} does not fit a KID`);
  return `${digits}${luhnDigit(digits)}`;
}
