import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Finding } from '../findings.ts';
import { cardOrderBody, orderBody } from '../load/people.ts';
import { openSite, type Site } from '../load/site.ts';
import type { Hanging, NeighbourTask } from '../neighbour/main.ts';
import type { Options } from '../read-options.ts';
import { addNeighbour } from '../stage/add-neighbour.ts';
import { startChild } from '../stage/start-child.ts';
import type { Stage } from '../stage/start-stage.ts';

const everyMilliseconds = 100;
/** A delay that was not over when the run ended counts as this much. */
const lostMilliseconds = 60_000;

/** A page that lets the buyer wait asks again after this long. */
const waitingPageMilliseconds = 2000;

let nextPerson = Math.floor(performance.timeOrigin % 1e6) * 1e6;

/**
 * A publisher's callbacks and payments, alone and beside another whose 600 callbacks hang at 100 hosts and
 * whose 200 buyers load their pages every half second while their provider hangs: how much later the slowest
 * hundredth is.
 */
export async function measureNeighbours(stage: Stage, { isQuick }: Options): Promise<Finding[]> {
  const samples = isQuick ? 60 : 160;
  const site = openSite(stage.node.port, stage.token);
  await measureDelays(site, Math.ceil(samples / 4));
  const alone = await measureDelays(site, samples);
  const bad = await startChild<NeighbourTask, Hanging>('neighbour');
  try {
    const { clientId, secret } = await addNeighbour(stage.databaseUrl);
    const url = `http://127.0.0.1:${stage.node.port}`;
    const before = await bad.ask({ kind: 'hang', url, client: { id: clientId, secret } });
    const beside = await measureDelays(site, samples);
    const note = describeHanging(before, await bad.ask({ kind: 'look' }));
    return [
      ...compare('callback after completing', alone.callbacks, beside.callbacks, note),
      ...compare('buyer sent to the provider', alone.payments, beside.payments, note),
    ];
  } finally {
    await bad.stop();
  }
}

function describeHanging(before: Hanging, after: Hanging): string {
  const both = (name: keyof Hanging) => `${before[name]} to ${after[name]}`;
  const [reloads, pages] = [after.reloads - before.reloads, after.pages - before.pages];
  const hanging = `hanging: callbacks ${both('callbacks')}, calls ${both('calls')}`;
  return `${hanging}; ${reloads} reloads, ${pages} pages`;
}

type Delays = { callbacks: number[]; payments: number[] };

/** Places one order after the other at an even pace, half of them paid, and waits for what follows. */
async function measureDelays(site: Site, samples: number): Promise<Delays> {
  const arrivals = new Map<string, () => void>();
  const receiver = createServer((request, response) => {
    arrivals.get(request.url?.split('?')[0] ?? '')?.();
    response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const callbacks: Promise<number>[] = [];
  const payments: Promise<number>[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    callbacks.push(timeCallback(site, base, `/callback/${sample}`, arrivals));
    payments.push(timePayment(site));
    await pause(everyMilliseconds);
  }
  const delays = { callbacks: await Promise.all(callbacks), payments: await Promise.all(payments) };
  receiver.close();
  receiver.closeAllConnections();
  return delays;
}

async function timeCallback(
  site: Site,
  base: string,
  path: string,
  arrivals: Map<string, () => void>,
): Promise<number> {
  const arrived = new Promise<void>((resolve) => arrivals.set(path, resolve));
  const { orderId } = await site.register(orderBody(nextPerson++));
  const startedAt = performance.now();
  await site.complete(orderId, base + path);
  const inTime = await Promise.race([
    arrived.then(() => true),
    pause(lostMilliseconds, false, { ref: false }),
  ]);
  return inTime ? performance.now() - startedAt : lostMilliseconds;
}

async function timePayment(site: Site): Promise<number> {
  const { fulfillmentUrl } = await site.register(cardOrderBody(nextPerson++));
  const startedAt = performance.now();
  const waited = () => performance.now() - startedAt;
  while (waited() < lostMilliseconds) {
    const reply = await fetch(fulfillmentUrl, { redirect: 'manual' });
    await reply.text();
    if (reply.headers.has('location')) return waited();
    await pause(waitingPageMilliseconds);
  }
  return lostMilliseconds;
}

function compare(figure: string, alone: number[], beside: number[], note: string): Finding[] {
  const [before, now] = [spread(alone), spread(beside)];
  return [
    { figure: `${figure}, alone, p50`, value: before.p50, unit: 'ms', note: `p99 ${Math.round(before.p99)}` },
    {
      figure: `${figure}, beside, p50`,
      value: now.p50,
      unit: 'ms',
      note: `p99 ${Math.round(now.p99)}; ${note}`,
    },
    {
      figure: `${figure}, p99 later by`,
      value: now.p99 - before.p99,
      unit: 'ms',
      goal: { atMost: 1000 },
      note: `${beside.filter((one) => one === lostMilliseconds).length} of ${beside.length} did not come`,
    },
  ];
}

function spread(delays: readonly number[]): { p50: number; p99: number } {
  const sorted = [...delays].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
