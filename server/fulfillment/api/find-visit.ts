import type { PageCall } from '../../kit/http/endpoint.ts';
import { orderId } from '../../kit/ids.ts';
import { readOrderToken } from '../../orders/order-address.ts';
import { type Found, findOrderOfClient, type VisitAddress, type VisitPageContext } from './visit-page.ts';

export type FoundVisit = { found: Found; address: VisitAddress };

/** The order of the address that Register order answers, which nobody can guess. */
export async function findVisit(context: VisitPageContext, call: PageCall): Promise<FoundVisit | undefined> {
  const token = call.params['token'] ?? '';
  const id = readOrderToken(context.secrets.orderAddress, token);
  const found = id === undefined ? undefined : await findOrderOfClient(context, id, call);
  return found && { found, address: { path: `/user/fulfillment/${token}`, isSecret: true } };
}

/** Only an address that nobody can guess tells whose the order is. */
export async function findPublisherId(
  context: VisitPageContext,
  call: PageCall,
): Promise<number | undefined> {
  const visit = await findVisit(context, call);
  return visit?.found.order.publisherId;
}

/** The order of the original's address with a bare id; whether it may be opened so is decided afterwards. */
export async function findVisitById(
  context: VisitPageContext,
  call: PageCall,
): Promise<FoundVisit | undefined> {
  const text = call.query['orderId'] ?? '';
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  const found = Number.isSafeInteger(id) ? await findOrderOfClient(context, orderId(id), call) : undefined;
  return found && { found, address: { path: '/user/fulfillment', isSecret: false } };
}
