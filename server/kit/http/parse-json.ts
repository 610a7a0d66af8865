/** A number whose decimal text says more than a JavaScript number keeps, or says it with an exponent. */
export class InexactNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

// Cheap and pessimistic: it also looks inside strings, and then only costs time.
const mayBeInexact = /\d(?:[eE][+-]?\d|\.\d{3}|\d{15})/;

/**
 * Parses JSON. Numbers with an exponent, more than two decimals or more digits than a double holds come out
 * as `InexactNumber`, so that a rule can refuse them by what was written. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  if (!mayBeInexact.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number') return value;
    const source = context?.source ?? String(value);
    return /[eE]/.test(source) || String(value) !== source.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
      ? new InexactNumber(source)
      : value;
  });
}
