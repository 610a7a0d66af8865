import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Evidence, ProviderMoney } from '../payments/port/provider-answer.ts';

/** How the next call of one kind is answered; what is not planned is done and told with its totals. */
export type Plan =
  /** Done, and told without totals. */
  | 'silent'
  /** Done, and told with the totals of before. */
  | 'stale'
  /** Taken, and done only when `finish` says so. */
  | 'pending'
  | 'refused'
  /** Not done, and refused from then on under the same reference. */
  | 'busy'
  /** Done, and the answer is lost. */
  | 'lost'
  /** Not done, and the answer tells nothing. */
  | 'failing';

export type Moved = { kind: string; reference: string; amountMinor: number; lines: number | undefined };

/** What it tells beside the money of a payment. */
type Beside = Pick<Evidence, 'attention' | 'agreement'>;
type Payment = { money: ProviderMoney; moved: Map<string, Moved>; waiting: (() => void)[] };

export type TestProvider = Awaited<ReturnType<typeof openTestProvider>>;

/** A provider at 127.0.0.1 that keeps books, moves money once for a reference, and answers as told. */
export async function openTestProvider() {
  const payments = new Map<string, Payment>();
  const calls: Moved[] = [];
  const plans = new Map<string, Plan[]>();
  const isBusyFor = rememberBusy();
  const open = (reference: string) => openPayment(payments, reference);
  let isDown = false;

  function answer(request: IncomingMessage, response: ServerResponse, body: Record<string, unknown>): void {
    const [reference = '', kind = ''] = (request.url ?? '').slice(1).split('/');
    // Not a 5xx: several in a row would have the client take the provider for gone.
    if (isDown) return reply(response, 418, {});
    const payment = payments.get(reference);
    if (kind === 'ask') return reply(response, payment ? 200 : 404, payment?.money ?? {});
    const call = { kind, ...body } as Moved;
    calls.push(call);
    const plan = plans.get(kind)?.shift();
    if (plan === 'failing') return reply(response, 418, {});
    if (isBusyFor(call.reference, plan)) return reply(response, 423, { code: 'busy' });
    if (plan === 'refused') return reply(response, 409, { code: 'not allowed' });
    const known = payment ?? open(reference);
    if (plan === 'pending') {
      known.waiting.push(() => move(known, call));
      return reply(response, 202, {});
    }
    const before = { ...known.money };
    if (!move(known, call)) return reply(response, 409, { code: 'not enough' });
    if (plan === 'lost') return void response.destroy();
    return reply(response, 200, plan === 'silent' ? {} : plan === 'stale' ? before : known.money);
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answer(request, response, JSON.parse(Buffer.concat(parts).toString() || '{}')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every call that came, those that repeat included. */
    calls,
    moneyOf: (reference: string) => payments.get(reference)?.money,
    /** What moved, once for each reference. */
    movedOf: (reference: string) => [...(payments.get(reference)?.moved.values() ?? [])],
    /** A payment that was made without us. */
    put: (reference: string, money: Partial<ProviderMoney> & Beside) =>
      Object.assign(open(reference).money, money),
    willAnswer: (kind: string, ...answers: Plan[]) =>
      plans.set(kind, [...(plans.get(kind) ?? []), ...answers]),
    /** What was taken and left pending is done. */
    finish() {
      for (const payment of payments.values()) for (const done of payment.waiting.splice(0)) done();
    },
    goDown: (down: boolean) => {
      isDown = down;
    },
    reset() {
      calls.splice(0);
      plans.clear();
      isDown = false;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Moves money once for a reference; false where there is not enough. */
function move({ money, moved }: Payment, call: Moved): boolean {
  if (moved.has(call.reference)) return true;
  const reserved = money.authorizedMinor - money.capturedMinor - money.cancelledMinor;
  switch (call.kind) {
    case 'charge':
      money.authorizedMinor += call.amountMinor;
      break;
    case 'capture':
      if (call.amountMinor > reserved) return false;
      money.capturedMinor += call.amountMinor;
      break;
    case 'cancel':
      if (reserved === 0) return false;
      money.cancelledMinor += reserved;
      break;
    case 'refund':
      if (call.amountMinor > money.capturedMinor - money.refundedMinor) return false;
      money.refundedMinor += call.amountMinor;
      break;
  }
  moved.set(call.reference, call);
  return true;
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function openPayment(payments: Map<string, Payment>, reference: string): Payment {
  const money = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
  const payment: Payment = { money, moved: new Map(), waiting: [] };
  payments.set(reference, payment);
  return payment;
}

/** What was refused for now stays refused under its reference. */
function rememberBusy(): (reference: string, plan: Plan | undefined) => boolean {
  const refused = new Set<string>();
  return (reference, plan) => {
    if (plan === 'busy') refused.add(reference);
    return refused.has(reference);
  };
}
