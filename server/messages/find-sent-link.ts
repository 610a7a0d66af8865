import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { WithheldReason } from './message.ts';

/** Where a link went, itself or as the one that stands for it; no channel where it did not go out. */
export type SentLink = {
  channel: 'sms' | 'email' | null;
  destination: string | null;
  /** Why not, or why not to where it was meant to go. */
  reason: WithheldReason | null;
};

const findStatement = sql(
  'messages.findSentLink',
  `SELECT messages.channel, messages.destination, (
     SELECT facts ->> 'reason' FROM events
     WHERE events.publisher_id = $1 AND events.order_id = links.order_id
       AND name IN ('message moved to email', 'message held', 'message withheld')
       AND (facts ->> 'linkId')::bigint = links.link_id
     ORDER BY event_id DESC LIMIT 1) AS reason
   FROM login_links links LEFT JOIN login_links moved ON moved.moved_from = links.link_id
     LEFT JOIN messages ON messages.link_id = coalesce(moved.link_id, links.link_id)
   WHERE links.publisher_id = $1 AND links.link_id = $2`,
);

/** What became of a link of an order in the transaction that issued it. */
export async function findSentLink(
  database: Queryable,
  publisherId: number,
  linkId: number,
): Promise<SentLink> {
  const [row] = await database.query<SentLink>(findStatement, [publisherId, linkId]);
  if (!row) throw new Error('the link was not written');
  return row;
}
