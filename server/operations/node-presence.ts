import { randomUUID } from 'node:crypto';
import { type Queryable, sql } from '../database/statement.ts';

/** This node's sign of life, and how many nodes give one. */
export type NodePresence = { liveNodes(): number; beat(): Promise<void>; leave(): Promise<void> };

const beatStatement = sql(
  'nodes.beat',
  `INSERT INTO nodes (node_id) VALUES ($1)
   ON CONFLICT (node_id) DO UPDATE SET seen_at = statement_timestamp()`,
);
const countStatement = sql(
  'nodes.count',
  `SELECT count(*) AS live FROM nodes WHERE seen_at > statement_timestamp() - interval '15 seconds'`,
);
const leaveStatement = sql(
  'nodes.leave',
  `DELETE FROM nodes WHERE node_id = $1 OR seen_at < statement_timestamp() - interval '1 day'`,
);

export function createNodePresence(database: Queryable): NodePresence {
  const nodeId = randomUUID();
  let live = 1;
  return {
    liveNodes: () => live,
    async beat() {
      await database.query(beatStatement, [nodeId]);
      const [row] = await database.query<{ live: number }>(countStatement);
      live = Math.max(1, row?.live ?? 1);
    },
    async leave() {
      await database.query(leaveStatement, [nodeId]);
    },
  };
}
