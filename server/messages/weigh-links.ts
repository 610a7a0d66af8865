import { lockNames } from '../database/lock-names.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { publisherId } from '../kit/ids.ts';
import { numberCountry } from '../kit/number-country.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import {
  decideMessage,
  isNearCeiling,
  type MessageDecision,
  type SentBefore,
  strangersSmsOf,
} from './decide-message.ts';
import { findOtherAddresses } from './find-other-address.ts';
import { findUsedUpShares, type UsedUp } from './find-used-up-shares.ts';
import type { MessageCause, MessageEvent } from './message.ts';

type LinkRow = {
  link_id: number;
  publisher_id: number;
  order_id: number | null;
  /** Its own order; for a link of none the newest that its reader has. */
  about_order_id: number | null;
  credential_kind: 'email' | 'mobile';
  credential: string;
  cause: MessageCause;
  is_moved: boolean;
  settings: object;
  country: string;
  locale: string;
  payer_language: string | null;
  payer_country: string | null;
};

/** `usedUp` is the share that stands against it. */
export type WeighedLink = LinkRow & { decision: MessageDecision; usedUp: UsedUp | undefined };

const findLinks = sql(
  'messages.findLinksToWeigh',
  `SELECT link_id, login_links.publisher_id, login_links.order_id,
     coalesce(login_links.order_id, newest.order_id) AS about_order_id, credential_kind, credential, cause,
     moved_from IS NOT NULL AS is_moved, publishers.settings,
     publishers.country, publishers.locale,
     payer.party ->> 'language' AS payer_language, payer.party ->> 'countryCode' AS payer_country
   FROM login_links JOIN publishers ON publishers.publisher_id = login_links.publisher_id
     LEFT JOIN order_parties payer ON payer.order_id = login_links.order_id AND payer.line_number = 0
     LEFT JOIN LATERAL (
       SELECT orders.order_id FROM credentials own JOIN orders USING (publisher_id, account_id)
       WHERE login_links.order_id IS NULL AND own.publisher_id = login_links.publisher_id
         AND own.credential_key = login_links.credential_key AND orders.state <> 'stopped'
       ORDER BY orders.order_id DESC LIMIT 1) newest ON true
   WHERE link_id = ANY ($1::bigint[]) ORDER BY link_id`,
);

// Ceilings are about links: a receipt takes nothing from them.
const countStatement = sql(
  'messages.countBefore',
  `SELECT link_id,
     (SELECT count(*)::integer FROM messages
      WHERE publisher_id = given.publisher AND destination = given.destination AND cause = given.cause
        AND link_id IS NOT NULL
        AND created_at > (SELECT leveret_now()) - interval '24 hours') AS to_recipient,
     (SELECT count(*)::integer FROM messages
      WHERE order_id = given.order_id AND publisher_id = given.publisher AND cause = given.cause
        AND link_id IS NOT NULL) AS of_order
   FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::bigint[], $5::text[])
     AS given (link_id, publisher, destination, order_id, cause)`,
);

const countSms = sql(
  'messages.countSms',
  `SELECT publisher_id, count(*)::integer AS sms,
     (count(*) FILTER (WHERE cause = 'stranger'))::integer AS strangers,
     (count(*) FILTER (WHERE cause = 'support'))::integer AS support
   FROM messages WHERE publisher_id = ANY ($1::integer[]) AND channel = 'sms'
     AND created_at > (SELECT leveret_now()) - interval '24 hours'
   GROUP BY publisher_id`,
);

type Sms = { sms: number; strangers: number; support: number };

/** Decides about the message of each link, held against everything queued before, also by other nodes. */
export async function weighLinks(
  transaction: Transaction,
  linkIds: readonly number[],
): Promise<WeighedLink[]> {
  const links = await transaction.query<LinkRow>(findLinks, [linkIds]);
  // One writer at a time for what a ceiling is about to be measured by. A publisher's SMS are only held one
  // after another where few are left: a paid order's e-mail never waits for them.
  await lockNames(transaction, links.flatMap(budgetsOf));
  const sms = await countSmsToday(transaction, links);
  const counted = await transaction.query<{ link_id: number; to_recipient: number; of_order: number }>(
    countStatement,
    [
      links.map((link) => link.link_id),
      links.map((link) => link.publisher_id),
      links.map((link) => link.credential),
      links.map((link) => link.order_id),
      links.map((link) => link.cause),
    ],
  );
  const bySms = links.filter((link) => link.credential_kind === 'mobile').map((link) => link.link_id);
  // What was moved already is moved no further.
  const found = bySms.length === 0 ? [] : await findOtherAddresses(transaction, bySms);
  const emails = new Set(found.map((email) => email.link_id));
  const shares = await findUsedUpShares(transaction, links);
  const weighed: WeighedLink[] = [];
  for (const link of links) {
    const row = counted.find((one) => one.link_id === link.link_id);
    const isSent = (other: WeighedLink) => other.decision.kind === 'send' && other.cause === link.cause;
    const beside = weighed.filter((other) => isSent(other) && other.publisher_id === link.publisher_id);
    const today = sms.get(link.publisher_id) ?? { sms: 0, strangers: 0, support: 0 };
    const before: SentBefore = {
      toRecipientForCause:
        (row?.to_recipient ?? 0) + beside.filter((other) => other.credential === link.credential).length,
      ofOrderForCause:
        (row?.of_order ?? 0) + beside.filter((other) => isOfOrder(other, link.order_id)).length,
      smsOfPublisher: today.sms,
      smsForStrangers: today.strangers,
      smsForSupport: today.support,
      isShareUsedUp: shares.has(link.link_id),
    };
    const decision = decideLink(link, before, emails.has(link.link_id) && !link.is_moved);
    if (decision.kind === 'send' && link.credential_kind === 'mobile') {
      sms.set(link.publisher_id, {
        sms: today.sms + 1,
        strangers: today.strangers + (link.cause === 'stranger' ? 1 : 0),
        support: today.support + (link.cause === 'support' ? 1 : 0),
      });
    }
    weighed.push({ ...link, decision, usedUp: usedUpOf(link, decision, today, shares) });
  }
  return weighed;
}

/** What strangers have used up, where that is why a message does not go out. */
function usedUpOf(
  { link_id, cause, settings }: LinkRow,
  decision: MessageDecision,
  today: Sms,
  shares: ReadonlyMap<number, UsedUp>,
): UsedUp | undefined {
  if (cause !== 'stranger' || decision.kind === 'send') return undefined;
  if (decision.reason === 'sms_share_reached') return shares.get(link_id);
  const most = strangersSmsOf(publisherSettingsOf(settings));
  const isAll = decision.reason === 'sms_per_day_reached' && today.strangers >= most;
  return isAll ? { sms: today.strangers, most } : undefined;
}

/** Links without an order are not of one order. */
function isOfOrder(link: LinkRow, orderId: number | null): boolean {
  return orderId !== null && link.order_id === orderId;
}

function decideLink(link: LinkRow, before: SentBefore, hasEmail: boolean): MessageDecision {
  const isMobile = link.credential_kind === 'mobile';
  const wanted = {
    channel: isMobile ? ('sms' as const) : ('email' as const),
    cause: link.cause,
    country: isMobile ? numberCountry(link.credential) : undefined,
    hasEmail,
    hasOrder: link.about_order_id !== null,
  };
  return decideMessage(wanted, before, publisherSettingsOf(link.settings));
}

/** A completed order's e-mail is held against nothing, and waits for nobody. */
function budgetsOf(link: LinkRow): string[] {
  if (link.credential_kind === 'email' && link.cause === 'order') return [];
  const recipient = `messages to ${link.publisher_id} ${link.credential}`;
  return link.order_id === null ? [recipient] : [recipient, `messages of order ${link.order_id}`];
}

/** Few are left, so that the next are counted one after another. */
const fewLeft = 500;

async function countSmsToday(transaction: Transaction, links: readonly LinkRow[]): Promise<Map<number, Sms>> {
  const byPublisher = new Map(
    links
      .filter((link) => link.credential_kind === 'mobile')
      .map((link) => [link.publisher_id, publisherSettingsOf(link.settings)]),
  );
  const publishers = [...byPublisher.keys()];
  if (publishers.length === 0) return new Map();
  const read = async () => {
    const rows = await transaction.query<Sms & { publisher_id: number }>(countSms, [publishers]);
    return new Map(rows.map(({ publisher_id, ...today }) => [publisher_id, today]));
  };
  const first = await read();
  const scarce = publishers.filter((id) => {
    const { smsPerDay } = byPublisher.get(id) ?? { smsPerDay: 0 };
    const { sms, strangers } = first.get(id) ?? { sms: 0, strangers: 0 };
    return sms + fewLeft >= smsPerDay || strangers + fewLeft >= strangersSmsOf({ smsPerDay });
  });
  if (scarce.length === 0) return first;
  await lockNames(
    transaction,
    scarce.map((id) => `sms of publisher ${id}`),
  );
  return read();
}

const warnOnce = sql(
  'messages.warnOfSms',
  `INSERT INTO sms_warnings (publisher_id, warned_at) SELECT publisher, (SELECT leveret_now())
   FROM unnest($1::integer[]) AS publisher ORDER BY publisher
   ON CONFLICT (publisher_id) DO UPDATE SET warned_at = (SELECT leveret_now())
   WHERE sms_warnings.warned_at <= (SELECT leveret_now()) - interval '24 hours'
   RETURNING publisher_id`,
);

/** Publishers whose SMS of 24 hours come near their ceiling, each told once a day. */
export async function findNearCeilings(
  transaction: Transaction,
  links: readonly WeighedLink[],
): Promise<Extract<MessageEvent, { name: 'sms ceiling near' }>[]> {
  const bySms = links.filter((link) => link.credential_kind === 'mobile');
  if (bySms.length === 0) return [];
  const publishers = [...new Set(bySms.map((link) => link.publisher_id))];
  const counted = await transaction.query<Sms & { publisher_id: number }>(countSms, [publishers]);
  const near = counted.flatMap(({ publisher_id, sms }) => {
    const settings = bySms.find((link) => link.publisher_id === publisher_id)?.settings ?? {};
    const { smsPerDay } = publisherSettingsOf(settings);
    return isNearCeiling(sms, { smsPerDay }) ? [{ publisher_id, sms, smsPerDay }] : [];
  });
  if (near.length === 0) return [];
  const rows = await transaction.query<{ publisher_id: number }>(warnOnce, [
    near.map((one) => one.publisher_id),
  ]);
  const told = new Set(rows.map((row) => row.publisher_id));
  return near
    .filter((one) => told.has(one.publisher_id))
    .map(({ publisher_id, sms, smsPerDay }) => ({
      name: 'sms ceiling near',
      publisherId: publisherId(publisher_id),
      sms,
      smsPerDay,
    }));
}
