import type { Secrets } from '../config/secrets.ts';
import { orderId } from '../kit/ids.ts';
import { withdrawalLinkOf } from '../withdrawals/withdrawal-address.ts';
import type { MessageRow } from './messages-store.ts';

type Context = { settings: { publicUrl: string }; secrets: Pick<Secrets, 'orderAddress'> };

/**
 * Where the order of a message is withdrawn from: who gets it there has proven to be the buyer. Nothing where
 * the message goes elsewhere than to the address that the order was corrected to, however long ago it was
 * wanted, or nobody knows any more which that is.
 */
export function withdrawalLinkIn(
  { settings, secrets }: Context,
  message: Pick<MessageRow, 'order_id' | 'destination' | 'corrected_to'>,
): string | undefined {
  const { order_id: id, destination, corrected_to: correctedTo } = message;
  if (id === null) return undefined;
  if (correctedTo !== null && correctedTo.toLowerCase() !== destination.toLowerCase()) return undefined;
  const order = { orderId: orderId(id), correctedTo: correctedTo ?? undefined };
  return withdrawalLinkOf(settings.publicUrl, secrets.orderAddress, order);
}
