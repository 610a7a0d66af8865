import { randomUUID } from 'node:crypto';
import { type Queryable, sql } from '../database/statement.ts';
import type { SealingKeys } from '../kit/seal.ts';

/** This node's sign of life, and how many nodes give one. */
export type NodePresence = { liveNodes(): number; beat(): Promise<void>; leave(): Promise<void> };

const beatStatement = sql(
  'nodes.beat',
  `INSERT INTO nodes (node_id, key_ids) VALUES ($1, $2)
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

const countWithoutKey = sql(
  'nodes.countWithoutKey',
  `SELECT count(*) AS live FROM nodes
   WHERE seen_at > statement_timestamp() - interval '15 seconds' AND $1::bytea <> ALL (key_ids)`,
);

/** How many live nodes could not open what the newest key seals. */
export async function countNodesWithoutKey(database: Queryable, { keys }: SealingKeys): Promise<number> {
  const [row] = await database.query<{ live: number }>(countWithoutKey, [keys[0]?.id]);
  return row?.live ?? 0;
}

export function createNodePresence(database: Queryable, { keys }: SealingKeys): NodePresence {
  const nodeId = randomUUID();
  let live = 1;
  return {
    liveNodes: () => live,
    async beat() {
      await database.query(beatStatement, [nodeId, keys.map((key) => key.id)]);
      const [row] = await database.query<{ live: number }>(countStatement);
      live = Math.max(1, row?.live ?? 1);
    },
    async leave() {
      await database.query(leaveStatement, [nodeId]);
    },
  };
}
