import type { Secrets } from '../config/secrets.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { findOtherAddresses, type OtherAddress } from '../messages/find-other-address.ts';
import type { MessageEvent } from '../messages/message.ts';
import type { AccountEvent } from './account.ts';
import { decideUndelivered } from './decide-undelivered.ts';
import { findLinkById, type LinkRow } from './find-login-link.ts';
import { closedReasonOf } from './link-closed.ts';
import { moveLinks } from './move-login-link.ts';

type Context = { secrets: Pick<Secrets, 'loginLink'> };
type Failed = Extract<MessageEvent, { name: 'message failed' }>;
type FailedLink = { event: Failed; link: LinkRow; other: OtherAddress | undefined };

/** Whose link did not arrive is written to at another address where one is known, and a person is told. */
export const followUndeliveredLink: NowStep<Context, Transaction, Failed> = {
  stepName: 'followUndeliveredLink',
  reports: ['attention needed', 'login link moved'],
  async run(context, transaction, events) {
    for (const event of events) {
      const failed = await findFailedLink(transaction, event);
      if (failed) await follow(context, transaction, failed);
    }
  },
};

async function findFailedLink(transaction: Transaction, event: Failed): Promise<FailedLink | undefined> {
  if (event.linkId === undefined) return undefined;
  const link = await findLinkById(transaction, event.publisherId, event.linkId);
  const [other] = await findOtherAddresses(transaction, [event.linkId]);
  return link && { event, link, other };
}

const findTies = sql(
  'loginLinks.findTies',
  `SELECT
     EXISTS (SELECT FROM login_links spent WHERE spent.spent_at IS NOT NULL
       AND (spent.link_id = links.link_id OR spent.order_id = links.order_id)) AS is_reached,
     links.moved_from IS NOT NULL OR EXISTS (
       SELECT FROM login_links moved WHERE moved.moved_from = links.link_id) AS is_moved
   FROM login_links links WHERE publisher_id = $1 AND link_id = $2`,
);

type Ties = { is_reached: boolean; is_moved: boolean };

async function follow(
  context: Context,
  transaction: Transaction,
  { event, link, other }: FailedLink,
): Promise<void> {
  const [ties] = await transaction.query<Ties>(findTies, [link.publisher_id, link.link_id]);
  const { tells, moves } = decideUndelivered({
    purpose: link.purpose,
    hasOrder: link.order_id !== null,
    isReached: ties?.is_reached === true,
    isClosed: closedReasonOf(link) !== undefined,
    isExpired: link.is_expired,
    isMoved: ties?.is_moved === true,
    hasOther: other !== undefined,
  });
  const to = moves ? other : undefined;
  if (tells && link.order_id !== null) {
    await transaction.report<AccountEvent>([
      {
        name: 'attention needed',
        kind: 'link undelivered',
        publisherId: event.publisherId,
        orderId: orderId(link.order_id),
        linkId: link.link_id,
        channel: event.channel,
        reason: event.reason,
        ...(to && { movedTo: to.kind === 'email' ? 'email' : 'sms' }),
      },
    ]);
  }
  if (to) await moveLinks(context, transaction, [{ link, to }]);
}
