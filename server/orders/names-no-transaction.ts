/**
 * What programs write where they have no value. As the number of a payment it would be the same for several
 * orders, of which only one can have been paid by it.
 */
const words = /^(undefined|null|nan|none|nil|void|true|false|infinity|0+|\[object \w+\]|\{\}|\[\])$/i;

/** Whether a cleaned transaction id is no id of anything. */
export function namesNoTransaction(transactionId: string): boolean {
  return transactionId === '' || words.test(transactionId);
}
