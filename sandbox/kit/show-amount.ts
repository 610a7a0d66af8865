/** An amount as people read it: `149.00 NOK`. */
export function showAmount(amountMinor: number, currency: string): string {
  return `${(amountMinor / 100).toFixed(2)} ${currency}`;
}
