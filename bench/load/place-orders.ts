import { type Connection, requestWriter } from './connection.ts';
import { orderBody, refusedOrderBody } from './people.ts';
import { type Tally, unexpected } from './tally.ts';

export type OrderPlan = {
  kind: 'orders';
  port: number;
  token: string;
  connections: number;
  seconds: number;
  callbackUrl: string;
  /** Orders that the database refuses, as a share of all. */
  refusedShare: number;
};

let nextPerson = Math.floor(performance.timeOrigin % 1e6) * 1e6;

/** Registers and completes one order after the other on a connection until the time is over. */
export function orderPlacer(plan: OrderPlan, tally: Tally): (connection: Connection) => Promise<void> {
  const register = requestWriter('/capi/v1/client/order', plan.token);
  const complete = requestWriter('/capi/v1/client/order/fulfillment', plan.token);
  const { callbackUrl } = plan;
  let toRefuse = 0;

  return async (connection) => {
    const startedAt = performance.now();
    const person = nextPerson++;
    toRefuse += plan.refusedShare;
    if (toRefuse >= 1) {
      toRefuse -= 1;
      const reply = await connection.post(register(refusedOrderBody(person)));
      tally.requests.push(performance.now() - startedAt);
      if (reply.status !== 409) throw unexpected(reply);
      tally.refused += 1;
      return;
    }
    const registered = await connection.post(register(orderBody(person)));
    const registeredAt = performance.now();
    const orderId = readOrderId(registered.body);
    if (registered.status !== 200) throw unexpected(registered);
    const completed = await connection.post(complete({ orderId, callbackUrl }));
    const completedAt = performance.now();
    if (completed.status !== 200 || !completed.body.includes('"OK"')) throw unexpected(completed);
    tally.requests.push(registeredAt - startedAt, completedAt - registeredAt);
    tally.done.push(completedAt - startedAt);
    tally.orderIds.push(orderId);
  };
}

/** The reply is ours, so its first field need not be parsed with the rest. */
function readOrderId(body: string): number {
  return Number.parseInt(body.slice(body.indexOf('"orderId":') + 10), 10);
}
