import {
  type Connection,
  openConnection,
  type Reply,
  requestWriter,
  writeGet,
  writePress,
} from './connection.ts';
import { cardOrderBody } from './people.ts';
import { type Tally, unexpected } from './tally.ts';

/** `start`: registers and sends buyers to the provider; `resolve`: those buyers pay and come back. */
export type RedirectPlan = {
  kind: 'redirects';
  step: 'start' | 'resolve';
  port: number;
  sandboxPort: number;
  token: string;
  connections: number;
  seconds: number;
};

/** Pages of the provider where a buyer is, and whose order it is. */
const atProvider: { page: string; orderId: number }[] = [];
let nextPerson = Math.floor(performance.timeOrigin % 1e6) * 1e6;

/** One buyer after the other; false when nobody is at the provider any more. */
export function redirectPayer(plan: RedirectPlan, tally: Tally): (node: Connection) => Promise<boolean> {
  return plan.step === 'start' ? starter(plan, tally) : resolver(plan, tally);
}

function starter({ token }: RedirectPlan, tally: Tally): (node: Connection) => Promise<boolean> {
  const register = requestWriter('/capi/v1/client/order', token);
  return async (node) => {
    const startedAt = performance.now();
    const registered = await node.post(register(cardOrderBody(nextPerson++)));
    const registeredAt = performance.now();
    const { orderId, fulfillmentUrl } = readRegistered(registered);
    const sent = await node.post(writeGet(pathOf(fulfillmentUrl)));
    const endedAt = performance.now();
    atProvider.push({ page: pathOf(locationOf(sent)), orderId });
    tally.requests.push(registeredAt - startedAt, endedAt - registeredAt);
    tally.done.push(endedAt - startedAt);
    return true;
  };
}

function resolver(plan: RedirectPlan, tally: Tally): (node: Connection) => Promise<boolean> {
  const providers = new Map<Connection, Connection>();
  return async (node) => {
    const buyer = atProvider.shift();
    if (!buyer) return false;
    const provider = providers.get(node) ?? (await openConnection(plan.sandboxPort));
    providers.set(node, provider);
    const paid = await provider.post(writePress(`${buyer.page}/approve`));
    const back = pathOf(locationOf(paid));
    const startedAt = performance.now();
    locationOf(await node.post(writeGet(back)));
    const milliseconds = performance.now() - startedAt;
    tally.requests.push(milliseconds);
    tally.done.push(milliseconds);
    tally.orderIds.push(buyer.orderId);
    return true;
  };
}

function readRegistered(reply: Reply): { orderId: number; fulfillmentUrl: string } {
  if (reply.status !== 200) throw unexpected(reply);
  const { orderId, fulfillmentUrl } = JSON.parse(reply.body) as { orderId: number; fulfillmentUrl: string };
  return { orderId, fulfillmentUrl };
}

function locationOf(reply: Reply): string {
  const location = /^location: (.*)$/im.exec(reply.head)?.[1]?.trim();
  if (reply.status !== 303 || location === undefined) throw unexpected(reply);
  return location;
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url, 'http://localhost');
  return pathname + search;
}
