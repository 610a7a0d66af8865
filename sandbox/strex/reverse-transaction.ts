import type { Answer } from './answer.ts';
import { followFate } from './follow-fate.ts';
import { fateOf } from './magic-numbers.ts';
import { failed, ok, queued } from './status.ts';
import { type Strex, stateOf } from './strex.ts';

const reversalSeconds = 2;

/**
 * `DELETE /api/strex/transactions/{id}`: gives the whole price back by a transaction of its own, whose id
 * begins with `-`, a little later. One that is charged can be reversed once.
 */
export function reverseTransaction(strex: Strex, id: string): Answer {
  const charge = strex.find(id);
  if (!charge) return { status: 404, body: { message: 'Strex transaction not found' } };
  const transactionId = `-${id}`;
  const former = strex.find(transactionId);
  const isReversed = former !== undefined && former.status.statusCode !== 'Failed';
  if (charge.reverses !== null || stateOf(charge.status) !== 'charged' || isReversed) {
    return { status: 409, body: { message: 'Strex transaction is not reversable' } };
  }
  const now = strex.world.clock.now();
  const reversal = {
    ...charge,
    transactionId,
    priceMinor: -charge.priceMinor,
    reverses: id,
    acceptedAtMilliseconds: now,
    lastModified: strex.world.clock.timestamp(),
    status: queued,
  };
  strex.keep(reversal);
  const end = fateOf(charge.recipient, false).reversalFails ? failed('MnoError') : ok;
  followFate(strex, reversal, [{ afterSeconds: reversalSeconds, status: end }]);
  return { status: 201, body: { transactionId } };
}
