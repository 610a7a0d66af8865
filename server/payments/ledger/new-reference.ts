import { randomBytes } from 'node:crypto';

/** A letter and 25 letters and digits: the narrowest format of all providers, never the public order id. */
export function newReference(): string {
  return `p${BigInt(`0x${randomBytes(16).toString('hex')}`)
    .toString(36)
    .padStart(25, '0')}`;
}
