import type { Secrets } from '../config/secrets.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { findOtherAddresses, type OtherAddress } from '../messages/find-other-address.ts';
import type { MessageEvent } from '../messages/message.ts';
import { findLinkById, type LinkRow } from './find-login-link.ts';
import { issueLinks } from './issue-login-link.ts';
import { wantedLike } from './send-new-link.ts';

type Context = { secrets: Pick<Secrets, 'loginLink'> };
type Moved = Extract<MessageEvent, { name: 'message moved to email' }>;

/** A link to a number that is not written to becomes one to the reader's e-mail address. */
export const moveLoginLink: NowStep<Context, Transaction, Moved> = {
  stepName: 'moveLoginLink',
  reports: ['login link moved'],
  async run(context, transaction, events) {
    const others = await findOtherAddresses(
      transaction,
      events.map((event) => event.linkId),
    );
    const moves: Move[] = [];
    for (const event of events) {
      const to = others.find((found) => found.link_id === event.linkId);
      const link = await findLinkById(transaction, event.publisherId, event.linkId);
      if (to && link) moves.push({ link, to });
    }
    await moveLinks(context, transaction, moves);
  },
};

type Move = { link: LinkRow; to: OtherAddress };

/**
 * Issues links to other addresses, each for the same as the one that it stands for and with a code that opens
 * where that one's would have. It proves the address that it goes to, never the other.
 */
export async function moveLinks(
  context: Context,
  transaction: Transaction,
  moves: readonly Move[],
): Promise<void> {
  const wanted = moves.map(({ link, to }) => ({
    ...wantedLike(link),
    purpose: link.purpose,
    cause: link.cause,
    movedFrom: link.link_id,
    credentialKind: to.kind,
    credential: to.credential,
    credentialKey: to.credential_key,
  }));
  await issueLinks(context, transaction, wanted, 'moved');
}
