import { setTimeout as pause } from 'node:timers/promises';
import { registerBuyersOf, sendCallbacksTo } from '@leveret/tests/builders/bad-neighbour.js';
import { connectDemoClient } from '@leveret/tests/builders/demo-client.js';
import { startHangingHosts } from '@leveret/tests/builders/hanging-hosts.js';
import { Agent, fetch } from 'undici';
import { serveParent } from '../stage/serve-parent.ts';

/** `hang`: begins, and answers once everything hangs; `look`: how it stands. */
export type NeighbourTask =
  | { kind: 'hang'; url: string; client: { id: string; secret: string } }
  | { kind: 'look' };

export type Hanging = {
  callbacks: number;
  calls: number;
  /** Pages that buyers asked for, and those that came. */
  reloads: number;
  pages: number;
};

/** A buyer who sees nothing asks again; the former request is not taken back. */
const reloadMilliseconds = 500;

const callbackHosts = await startHangingHosts(100);
const provider = await startHangingHosts(1);
const leaving = new AbortController();
/** As through a load balancer: a busy node takes one new connection a turn, whoever comes. */
const dispatcher = new Agent({ connections: 256 });
const buyers = { reloads: 0, pages: 0 };

serveParent(undefined, answer, async () => {
  leaving.abort();
  await Promise.all([callbackHosts.close(), provider.close()]);
});

/**
 * What a bad neighbour does: 600 callbacks to hosts that hang, and 200 buyers who wait for a provider that
 * hangs and load their page again and again.
 */
async function answer(task: NeighbourTask): Promise<Hanging> {
  if (task.kind === 'hang') await hang(task.url, task.client);
  return { callbacks: callbackHosts.waiting(), calls: provider.waiting(), ...buyers };
}

async function hang(url: string, client: { id: string; secret: string }): Promise<void> {
  const site = await connectDemoClient(url, client);
  const addresses = await registerBuyersOf(provider.bases[0] ?? '', site);
  await sendCallbacksTo(callbackHosts.bases, site);
  // All at once, as calls that time out one by one open the breaker of that account.
  for (const address of addresses) void reload(url + new URL(address).pathname);
  while (callbackHosts.waiting() < 32 || provider.waiting() < 32) await pause(20);
}

async function reload(page: string): Promise<void> {
  while (!leaving.signal.aborted) {
    void read(page);
    await pause(reloadMilliseconds);
  }
}

async function read(page: string): Promise<void> {
  buyers.reloads += 1;
  try {
    const reply = await fetch(page, { dispatcher, signal: leaving.signal, redirect: 'manual' });
    await reply.text();
    buyers.pages += 1;
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
  }
}
