import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Ids are branded so that an order's id cannot be passed where an account's is wanted. */
export type PublisherId = Branded<number, 'publisher'>;
export type OrderId = Branded<number, 'order'>;
export type CustomerNumber = Branded<number, 'customer'>;
export type AccountId = Branded<number, 'account'>;
export type ClientId = Branded<string, 'client'>;

export const publisherId = (value: number) => value as PublisherId;
export const orderId = (value: number) => value as OrderId;
export const customerNumber = (value: number) => value as CustomerNumber;
export const accountId = (value: number) => value as AccountId;
export const clientId = (value: string) => value as ClientId;

/** A random 128-bit id as 32 hexadecimal digits, the form of the original's `uniqueUserId`. */
export function newUniqueUserId(): string {
  return randomBytes(16).toString('hex');
}

/** A random id with a readable prefix, for rows that are shown outside (`evt_…`, `req_…`). */
export function newPrefixedId(prefix: string): string {
  return `${prefix}_${randomBytes(15).toString('base64url')}`;
}
