import type pg from 'pg';
import type { Finding } from '../findings.ts';
import type { RedirectPlan } from '../load/pay-redirects.ts';
import type { Options } from '../read-options.ts';
import { describeCpu, readCpuSeconds } from '../stage/process-figures.ts';
import type { Stage } from '../stage/start-stage.ts';
import { describeSpread } from './orders.ts';

const connections = 32;

/**
 * Orders that buyers pay by card at an imitated provider in another process: how many are sent there a
 * second, and how many that come back are known to be paid; beside them what the provider can answer alone.
 */
export async function measureRedirect(stage: Stage, options: Options): Promise<Finding[]> {
  const plan = (step: RedirectPlan['step'], seconds: number): RedirectPlan => ({
    kind: 'redirects',
    step,
    port: stage.node.port,
    sandboxPort: stage.sandboxPort,
    token: stage.token,
    connections,
    seconds,
  });
  const { seconds } = options;
  await stage.load.ask(plan('start', seconds / 4));
  await stage.load.ask(plan('resolve', seconds / 2));
  const before = readCpuSeconds(stage.watched);
  const started = await stage.load.ask(plan('start', seconds));
  const between = readCpuSeconds(stage.watched);
  const resolved = await stage.load.ask(plan('resolve', seconds * 4));
  const after = readCpuSeconds(stage.watched);
  const ceiling = await measureCeiling(stage, seconds / 2);
  return [
    {
      figure: 'orders sent to a provider, 32 connections',
      value: started.done / started.seconds,
      unit: 'orders/s',
      note: describeCpu(before, between, started.done),
    },
    describeSpread('register and send, p50', started.doneMilliseconds),
    {
      figure: 'payments resolved as buyers come back',
      value: resolved.done / resolved.seconds,
      unit: 'attempts/s',
      note: describeCpu(between, after, resolved.done),
    },
    describeSpread('from coming back to known, p50', resolved.doneMilliseconds),
    {
      figure: 'what the sandbox answers alone, 32 connections',
      value: ceiling,
      unit: 'requests/s',
      note: 'reads of one payment order; a payment costs it about five requests',
    },
    {
      figure: 'paid and come back, yet not completed',
      value: await countUnpaid(stage.database, resolved.orderIds),
      unit: 'orders',
      goal: { atMost: 0 },
      note: `of ${resolved.orderIds.length}`,
    },
  ];
}

async function measureCeiling({ database, load, sandboxPort }: Stage, seconds: number): Promise<number> {
  const { rows } = await database.query<{ provider_id: string }>(
    'SELECT provider_id FROM payment_attempts WHERE provider_id IS NOT NULL LIMIT 1',
  );
  const path = `/swedbankpay${rows[0]?.provider_id ?? ''}`;
  const headers = ['Authorization: Bearer swedbank-demo-token', 'Accept: application/json;version=3.1'];
  const plan = { kind: 'reads', port: sandboxPort, path, headers, connections, seconds } as const;
  await load.ask({ ...plan, seconds: 0.5 });
  const result = await load.ask(plan);
  return result.requests / result.seconds;
}

async function countUnpaid(database: pg.Client, orderIds: readonly number[]): Promise<number> {
  const text = `SELECT count(*)::integer AS unpaid FROM unnest($1::bigint[]) AS come (id)
    WHERE NOT EXISTS (SELECT FROM orders WHERE order_id = id AND state = 'completed')`;
  const { rows } = await database.query<{ unpaid: number }>(text, [orderIds]);
  return rows[0]?.unpaid ?? 0;
}
