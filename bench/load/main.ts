import { serveParent } from '../stage/serve-parent.ts';
import { accessChecker, type CheckPlan } from './check-access.ts';
import { openConnection } from './connection.ts';
import { type OrderPlan, orderPlacer } from './place-orders.ts';
import { type LoadResult, newTally, summarise } from './tally.ts';

export type LoadPlan = OrderPlan | CheckPlan;

serveParent(undefined, runLoad);

async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const tally = newTally();
  const once = plan.kind === 'orders' ? orderPlacer(plan, tally) : accessChecker(plan, tally);
  const places = Array.from({ length: plan.connections }, () => openConnection(plan.port));
  const connections = await Promise.all(places);
  const startedAt = performance.now();
  const endsAt = startedAt + plan.seconds * 1000;
  try {
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < endsAt) await once(connection);
      }),
    );
    return summarise(tally, (performance.now() - startedAt) / 1000);
  } finally {
    for (const connection of connections) connection.close();
  }
}
