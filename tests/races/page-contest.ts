import type { Charge } from '@leveret/sandbox/kit/ledger.js';
import { page, pageBuyer, resultIn } from '../builders/page-buyer.ts';
import type { Random } from '../builders/random.ts';
import type { Act } from './acts.ts';
import type { Ground } from './ground.ts';

/** A payment that was made on a publisher's page, and that several orders want. */
export type PageContest = { reference: string; order: object; transactionId: string; registered: number[] };

let sellers = 0;

/** Paid on the page; in half of the cases an order has it already. */
export async function preparePage(ground: Ground, random: Random): Promise<PageContest> {
  const url = ground.urlAt(random.between(0, 1));
  const buyer = pageBuyer({ url });
  const providerPage = await buyer.pay({ paymentMethod: 'vippsEcommerce', amount: '100.00' });
  const back = await buyer.press(providerPage, 'approve');
  const { location } = await buyer.open(url + new URL(back).pathname);
  const { order } = resultIn(location);
  if (!order) throw new Error(`the page ${page} was told of no payment: ${location}`);
  const { transactionId } = order['paymentInfoVipps'] as { transactionId: string };
  const [attempt] = await ground.nodes.rows<{ reference: string }>(
    `SELECT reference FROM payment_attempts JOIN page_payments USING (payment_id)
     ORDER BY attempt_id DESC LIMIT 1`,
  );
  const contest = { reference: attempt?.reference ?? '', order, transactionId, registered: [] };
  if (random.next() < 0.5) await register(ground, contest, 'the first', 0);
  return contest;
}

async function register(
  ground: Ground,
  contest: PageContest,
  seller: string,
  place: number,
): Promise<number[]> {
  sellers += 1;
  const line = {
    productSpecType: 'coupon',
    productSpecCode: 'PAPERNOK',
    productSpecNo: 1,
    allowAccessProduct: 'PAPERNOK',
    allowAccessSeconds: 3600,
  };
  const payer = { firstName: 'Kari', lastName: 'Nordmann', emails: [`reader${sellers}@example.org`] };
  const body = { ...contest.order, seller, payer, orderLines: [line] };
  const { status, body: reply } = await (await ground.stageAt(place).client()).post(
    '/capi/v1/client/order',
    body,
  );
  if (typeof reply['orderId'] === 'number') contest.registered.push(reply['orderId']);
  return [status];
}

/** Registers by several, cancels and completes what is registered, and gives back what is old. */
export function drawPageActs(ground: Ground, contest: PageContest, count: number, random: Random): Act[] {
  const ask = async (path: string, body: object, place: number) => {
    const client = await ground.stageAt(place).client();
    return (await client.post(`/capi/v1/client/order/${path}`, body)).status;
  };
  const kinds: Record<string, (place: number) => Promise<number[]>> = {
    'register by one': (place) => register(ground, contest, 'one', place),
    'register by another': (place) => register(ground, contest, 'another', place),
    'cancel what is registered': (place) =>
      Promise.all(contest.registered.map((orderId) => ask(`${orderId}/cancel`, {}, place))),
    'complete what is registered': (place) =>
      Promise.all(contest.registered.map((orderId) => ask('fulfillment', { orderId }, place))),
    'a day has passed': async () => {
      await ground.nodes.rows(
        `UPDATE payment_attempts SET ended_at = ended_at - interval '2 days'
         WHERE reference = $1 AND order_id IS NULL`,
        [contest.reference],
      );
      await ground.third.sweep();
      return [];
    },
  };
  return Array.from({ length: count }, () => {
    const [name, run] = random.pick(Object.entries(kinds));
    const place = random.between(0, 1);
    return { name: `page: ${name}`, run: () => run(place) };
  });
}

type Holder = { order_id: number; state: string; owns: boolean };

/** What is wrong with a page's payment: it pays one order at most, and goes back only where it pays none. */
export async function findPageBreaches({ nodes }: Ground, contest: PageContest): Promise<string[]> {
  const { payments } = await nodes.control<{ payments: Charge[] }>(
    'GET',
    `/payments?reference=${contest.reference}`,
  );
  const holders = await nodes.rows<Holder>(
    `SELECT orders.order_id, orders.state, attempts.order_id IS NOT NULL AS owns
     FROM prepayments JOIN orders USING (order_id)
       LEFT JOIN payment_attempts attempts ON attempts.order_id = orders.order_id AND reference = $2
     WHERE transaction_id = $1 AND orders.state <> 'stopped'`,
    [contest.transactionId, contest.reference],
  );
  const states = holders.map(({ state, owns }) => `${state}${owns ? '' : ' without it'}`).join(', ');
  const [charge] = payments;
  const wrong = [
    ...(holders.length > 1 ? [`pays several orders: ${states}`] : []),
    ...(holders.some(({ owns }) => !owns) ? [`is not had by who names it: ${states}`] : []),
    ...(holders.length > 0 && charge?.state === 'released'
      ? [`went back, and pays an order: ${states}`]
      : []),
    ...(holders.some(({ state }) => state === 'completed') && charge?.capturedMinor !== 10_000
      ? [`pays a completed order with ${charge?.capturedMinor ?? 0}`]
      : []),
  ];
  return wrong.map((one) => `payment ${contest.reference} of a page ${one}`);
}
