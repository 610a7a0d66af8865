import { type Finding, round } from '../findings.ts';
import type { OrderPlan } from '../load/place-orders.ts';
import type { LoadResult, Spread } from '../load/tally.ts';
import type { Options } from '../read-options.ts';
import { countMissing } from '../stage/count-missing.ts';
import { describeCpu, readCpuSeconds } from '../stage/process-figures.ts';
import type { Stage } from '../stage/start-stage.ts';

/** Orders registered and completed over HTTP; each that was acknowledged is looked for in the database. */
export async function measureOrders(stage: Stage, options: Options): Promise<Finding[]> {
  await stage.load.ask(orderPlan(stage, { connections: 64, seconds: options.isQuick ? 1 : 4 }));
  const before = readCpuSeconds(stage.watched);
  const many = await stage.load.ask(orderPlan(stage, { connections: 64, seconds: options.seconds }));
  const cpu = describeCpu(before, readCpuSeconds(stage.watched), many.done);
  const one = await stage.load.ask(orderPlan(stage, { connections: 1, seconds: options.seconds / 2 }));
  const missing = await countMissing(stage.database, [...many.orderIds, ...one.orderIds]);
  const acknowledged = many.orderIds.length + one.orderIds.length;
  return [
    { figure: 'orders, 64 connections', ...ordersPerSecond(many), goal: { atLeast: 3500 }, note: cpu },
    ...spreads('at 64 connections', many),
    { figure: 'orders, 1 connection', ...ordersPerSecond(one) },
    ...spreads('at 1 connection', one),
    {
      figure: 'acknowledged orders missing in the database',
      value: missing,
      unit: 'orders',
      goal: { atMost: 0 },
      note: `of ${acknowledged} acknowledged`,
    },
  ];
}

/** Plain orders from this many connections, unless said. */
export function orderPlan(
  { node, token, callbackUrl }: Stage,
  asked: Pick<OrderPlan, 'connections' | 'seconds'> & Partial<OrderPlan>,
): OrderPlan {
  return { kind: 'orders', port: node.port, token, callbackUrl, refusedShare: 0, ...asked };
}

function ordersPerSecond(result: LoadResult): Pick<Finding, 'value' | 'unit'> {
  return { value: result.done / result.seconds, unit: 'orders/s' };
}

function spreads(where: string, result: LoadResult): Finding[] {
  return [
    describeSpread(`an order ${where}, p50`, result.doneMilliseconds),
    describeSpread(`a request ${where}, p50`, result.requestMilliseconds),
  ];
}

export function describeSpread(figure: string, { p50, p95, p99 }: Spread): Finding {
  return { figure, value: p50, unit: 'ms', note: `p95 ${round(p95)}, p99 ${round(p99)}` };
}
