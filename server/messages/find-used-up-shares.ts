import { lockNames } from '../database/lock-names.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import { strangersSmsOf } from './decide-message.ts';
import type { MessageCause } from './message.ts';
import { strangersSharesOf, usedUpShare } from './strangers-shares.ts';

type Link = {
  link_id: number;
  publisher_id: number;
  credential_kind: 'email' | 'mobile';
  credential: string;
  cause: MessageCause;
  country: string;
  settings: object;
};

/** What is used up: SMS to numbers that begin alike, or to all where `numbers` is not said. */
export type UsedUp = { numbers?: string; sms: number; most: number };

const countStatement = sql(
  'messages.countStrangersSms',
  `SELECT (SELECT count(*)::integer FROM messages
     WHERE publisher_id = given.publisher AND channel = 'sms' AND cause = 'stranger'
       AND starts_with(destination, given.prefix)
       AND created_at > (SELECT leveret_now()) - given.hours * interval '1 hour') AS sent
   FROM unnest($1::integer[], $2::text[], $3::integer[]) WITH ORDINALITY
     AS given (publisher, prefix, hours, position)
   ORDER BY position`,
);

/** By link the share that stands against its SMS; only what strangers ask for is held against any. */
export async function findUsedUpShares(
  transaction: Transaction,
  links: readonly Link[],
): Promise<ReadonlyMap<number, UsedUp>> {
  const asked = links
    .filter((link) => link.credential_kind === 'mobile' && link.cause === 'stranger')
    .map((link) => {
      const strangersSms = strangersSmsOf(publisherSettingsOf(link.settings));
      return { link, shares: strangersSharesOf(link.credential, link.country, strangersSms) };
    });
  if (asked.length === 0) return new Map();
  // One after another to numbers in a row, so that many at once are not more than their share.
  const rows = asked.map(({ link, shares }) => `strangers ${link.publisher_id} ${shares[0]?.prefix ?? ''}`);
  await lockNames(transaction, rows);
  const all = asked.flatMap(({ link, shares }) => shares.map((share) => ({ link, share })));
  const counted = await transaction.query<{ sent: number }>(countStatement, [
    all.map(({ link }) => link.publisher_id),
    all.map(({ share }) => share.prefix),
    all.map(({ share }) => share.withinHours),
  ]);
  const found = new Map<number, UsedUp>();
  for (const { link, shares } of asked) {
    const first = all.findIndex((one) => one.link === link);
    const sent = counted.slice(first, first + shares.length).map((row) => row.sent);
    const share = usedUpShare(shares, sent);
    if (share) {
      const sms = sent[shares.indexOf(share)] ?? 0;
      found.set(link.link_id, { numbers: share.prefix, sms, most: share.most });
    }
  }
  return found;
}
