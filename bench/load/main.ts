import { serveParent } from '../stage/serve-parent.ts';
import { accessChecker, type CheckPlan } from './check-access.ts';
import { type Connection, openConnection } from './connection.ts';
import { type RedirectPlan, redirectPayer } from './pay-redirects.ts';
import { type OrderPlan, orderPlacer } from './place-orders.ts';
import { pageReader, type ReadPlan } from './read-pages.ts';
import { type LoadResult, newTally, summarise, type Tally } from './tally.ts';

export type LoadPlan = OrderPlan | CheckPlan | RedirectPlan | ReadPlan;

serveParent(undefined, runLoad);

async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const tally = newTally();
  const once = workerFor(plan, tally);
  const places = Array.from({ length: plan.connections }, () => openConnection(plan.port));
  const connections = await Promise.all(places);
  const startedAt = performance.now();
  const endsAt = startedAt + plan.seconds * 1000;
  try {
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < endsAt && (await once(connection)) !== false);
      }),
    );
    return summarise(tally, (performance.now() - startedAt) / 1000);
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Does one piece of work on a connection; false where there is no more of it. */
function workerFor(plan: LoadPlan, tally: Tally): (connection: Connection) => Promise<boolean | void> {
  switch (plan.kind) {
    case 'orders':
      return orderPlacer(plan, tally);
    case 'checks':
      return accessChecker(plan, tally);
    case 'redirects':
      return redirectPayer(plan, tally);
    case 'reads':
      return pageReader(plan, tally);
  }
}
