import { createHash } from 'node:crypto';
import type { FieldProblem } from '../../kit/problem.ts';
import type { Person } from './people-document.ts';

/**
 * Finds what a file says twice: a number, a reader, a credential or a name in another system stands for one
 * of its lines. It keeps a number for each, some 40 bytes, so that millions of lines are no trouble; that two
 * of four million are taken for one another has a chance of one in a thousand, and names a line that then
 * goes in by itself.
 */
export function createSeenBefore(): (person: Person, line: number) => FieldProblem[] {
  const lines = new Map<number, number>();
  return (person, line) => {
    const found: FieldProblem[] = [];
    for (const { field, key } of keysOf(person)) {
      const before = lines.get(key);
      if (before === undefined) lines.set(key, line);
      else found.push({ field, rule: 'said_twice', message: `${field} stands on line ${before} too` });
    }
    return found;
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
  return digest.readUIntBE(0, 6) * 32 + ((digest[6] ?? 0) & 31);
}
