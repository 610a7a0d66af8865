/** A number whose decimal text says more than a JavaScript number keeps, or says it with an exponent. */
export class InexactNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

// Cheap and pessimistic: it also looks inside strings, and then only costs time.
const mayBeInexact = /\d(?:[eE][+-]?\d|\.\d{3}|\d{15})/;

// No double needs more; a longer text is not worth the time of comparing it.
const longestExactSource = 40;

/** What some editors and libraries write before a text (RFC 8259, 8.1: a reader may pass over it). */
const byteOrderMark = '\ufeff';

/**
 * Parses JSON, also after a byte-order mark. Numbers with an exponent, or with more digits than a double
 * gives back, come out as `InexactNumber`, so that a rule can refuse them by what was written. Throws
 * SyntaxError.
 */
export function parseJson(given: string): unknown {
  const text = given.startsWith(byteOrderMark) ? given.slice(1) : given;
  if (!mayBeInexact.test(text)) return JSON.parse(text);
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
      if (typeof value !== 'number') return value;
      const source = context?.source ?? String(value);
      return isExact(value, source) ? value : new InexactNumber(source);
    });
  } catch (error) {
    // The reviver walks the tree by recursion.
    if (error instanceof RangeError) throw new SyntaxError('the value is nested too deep', { cause: error });
    throw error;
  }
}

function isExact(value: number, source: string): boolean {
  if (source.length > longestExactSource || /[eE]/.test(source)) return false;
  return String(value) === source.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
