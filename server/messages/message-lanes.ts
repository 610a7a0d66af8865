import { explainDatabaseError } from '../database/explain-database-error.ts';
import type { Queryable } from '../database/statement.ts';
import { createBatch } from '../kit/batch.ts';
import { findWithdrawalRights, type OrderWithRights } from '../orders/find-withdrawal-rights.ts';
import { type FoundReceipt, findReceipts } from './find-receipt.ts';
import { findMessages, type MessageRow } from './messages-store.ts';

/** What messages that are delivered at once ask of the database, by one statement for all of them. */
export type MessageLanes = {
  find(key: { publisherId: number; messageId: number }): Promise<MessageRow | undefined>;
  findReceipt(key: { publisherId: number; orderId: number }): Promise<ReceiptWithRights | undefined>;
};

export type ReceiptWithRights = FoundReceipt & { rights: OrderWithRights | undefined };

export function createMessageLanes({ database }: { database: Queryable }): MessageLanes {
  const lane = <Key extends { publisherId: number }, Found>(
    find: (keys: Key[]) => Promise<(Found | undefined)[]>,
  ) =>
    createBatch<Key, { found: Found | undefined }>({
      run: async (keys) => (await find(keys)).map((found) => ({ found })),
      maxSize: 256,
      ownerOf: (key) => key.publisherId,
      // What cannot be read of one tenant's stops nobody else's.
      isFaultOfOne: (error) => explainDatabaseError(error) === undefined,
    });
  const messages = lane((keys: { publisherId: number; messageId: number }[]) => findMessages(database, keys));
  const receipts = lane(async (keys: { publisherId: number; orderId: number }[]) => {
    const [found, rights] = [await findReceipts(database, keys), await findWithdrawalRights(database, keys)];
    return found.map((receipt, index) => receipt && { ...receipt, rights: rights[index] });
  });
  return {
    find: async (key) => (await messages(key)).found,
    findReceipt: async (key) => (await receipts(key)).found,
  };
}
