import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { publisherId } from '../kit/ids.ts';
import type { MessageEvent } from './message.ts';
import type { WeighedLink } from './weigh-links.ts';

const warnOnce = sql(
  'messages.warnOfStrangers',
  `INSERT INTO strangers_sms_warnings (publisher_id, warned_at) SELECT publisher, (SELECT leveret_now())
   FROM unnest($1::integer[]) AS publisher ORDER BY publisher
   ON CONFLICT (publisher_id) DO UPDATE SET warned_at = (SELECT leveret_now())
   WHERE strangers_sms_warnings.warned_at <= (SELECT leveret_now()) - interval '24 hours'
   RETURNING publisher_id`,
);

/** Publishers of whose SMS strangers have used up what they may, each told once a day. */
export async function findUsedUp(
  transaction: Transaction,
  links: readonly WeighedLink[],
): Promise<Extract<MessageEvent, { name: 'strangers sms used up' }>[]> {
  const used = new Map(links.flatMap((link) => (link.usedUp ? [[link.publisher_id, link.usedUp]] : [])));
  if (used.size === 0) return [];
  const rows = await transaction.query<{ publisher_id: number }>(warnOnce, [[...used.keys()]]);
  return rows.flatMap((row) => {
    const usedUp = used.get(row.publisher_id);
    return usedUp
      ? [{ name: 'strangers sms used up', publisherId: publisherId(row.publisher_id), ...usedUp }]
      : [];
  });
}
