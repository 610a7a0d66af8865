import { createHash } from 'node:crypto';
import type { FieldProblem } from '../../kit/problem.ts';
import type { Person } from './people-document.ts';

/**
 * Finds what a file says twice: a number, a reader, a credential or a name in another system stands for one
 * of its lines. It keeps two numbers for each, 24 to 48 bytes, so that millions of lines are no trouble; that
 * two of four million are taken for one another has a chance of one in a thousand, and names a line that
 * then goes in by itself.
 */
export function createSeenBefore(): (person: Person, line: number) => FieldProblem[] {
  const lines = createLines();
  return (person, line) => {
    const found: FieldProblem[] = [];
    for (const { field, key } of keysOf(person)) {
      const before = lines.put(key, line);
      if (before !== undefined)
        found.push({ field, rule: 'said_twice', message: `${field} stands on line ${before} too` });
    }
    return found;
  };
}

/** A table of numbers that are not 0, in arrays of numbers: a Map keeps three times as much. */
function createLines() {
  let [keys, lines, size] = [new Float64Array(1024), new Uint32Array(1024), 0];
  const placeOf = (key: number) => {
    let place = key % keys.length;
    while (keys[place] !== 0 && keys[place] !== key) place = (place + 1) % keys.length;
    return place;
  };
  const grow = () => {
    const former = { keys, lines };
    keys = new Float64Array(former.keys.length * 2);
    lines = new Uint32Array(former.keys.length * 2);
    for (const [index, key] of former.keys.entries()) {
      if (key === 0) continue;
      const place = placeOf(key);
      keys[place] = key;
      lines[place] = former.lines[index] ?? 0;
    }
  };
  return {
    /** Keeps the line where the key is new; else answers the line that it came with. */
    put(key: number, line: number): number | undefined {
      const place = placeOf(key);
      if (keys[place] === key) return lines[place];
      keys[place] = key;
      lines[place] = line;
      size += 1;
      if (size * 2 > keys.length) grow();
      return undefined;
    },
  };
}

function* keysOf({ customer, accounts }: Person): Generator<{ field: string; key: number }> {
  if (customer) {
    yield { field: 'customerNumber', key: keyOf(`number ${customer.customerNumber}`) };
    for (const [index, { referenceCode, externalId }] of customer.references.entries()) {
      const field = `externalReferences[${index}].externalId`;
      yield { field, key: keyOf(`reference ${JSON.stringify([referenceCode, externalId])}`) };
    }
  }
  for (const [index, { account }] of accounts.entries()) {
    const { uniqueUserId, credentials } = account;
    if (uniqueUserId !== undefined) {
      yield { field: `accounts[${index}].uniqueUserId`, key: keyOf(`user ${uniqueUserId}`) };
    }
    for (const [position, { key }] of credentials.entries()) {
      const field = `accounts[${index}].credentials[${position}].credential`;
      yield { field, key: keyOf(`credential ${key.toString('hex')}`) };
    }
  }
}

/** 53 bits of a hash: as many as a number holds. */
function keyOf(text: string): number {
  const digest = createHash('sha256').update(text).digest();
  return digest.readUIntBE(0, 6) * 32 + ((digest[6] ?? 0) & 31) || 1;
}
