import type { Transaction } from '../database/transaction.ts';
import type { CustomerNumber } from '../kit/ids.ts';
import { changeAddress } from './change-address.ts';
import type { AddressRequest } from './decide-address-change.ts';
import { holdOwnCustomerRow, type OwnReader } from './hold-own-customer-row.ts';

export type OwnAddressChange = OwnReader & { request: AddressRequest; timeZone: string };

/** A reader changes where their things go. Throws what `changeAddress` does. */
export async function changeOwnAddress(
  transaction: Transaction,
  { request, timeZone, ...reader }: OwnAddressChange,
): Promise<{ customerNumber: CustomerNumber; id: number }> {
  const key = await holdOwnCustomerRow(transaction, reader);
  const { customerNumber } = key;
  return { customerNumber, id: await changeAddress(transaction, key, request, timeZone) };
}
