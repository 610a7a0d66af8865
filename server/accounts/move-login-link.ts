import type { Secrets } from '../config/secrets.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { MessageEvent } from '../messages/message.ts';
import { findEmailInstead } from './find-email-instead.ts';
import { findLinkById } from './find-login-link.ts';
import { issueLinks } from './issue-login-link.ts';
import type { WantedLink } from './login-links-store.ts';
import { wantedLike } from './send-new-link.ts';

type Context = { secrets: Pick<Secrets, 'loginLink'> };
type Moved = Extract<MessageEvent, { name: 'message moved to email' }>;

/**
 * A link to a number that is not written to becomes one to the reader's e-mail address, for the same and with
 * a code that opens where the number's would have. It proves the address, never the number.
 */
export const moveLoginLink: NowStep<Context, Transaction, Moved> = {
  stepName: 'moveLoginLink',
  reports: ['login link moved'],
  async run(context, transaction, events) {
    const emails = await findEmailInstead(
      transaction,
      events.map((event) => event.linkId),
    );
    const wanted: WantedLink[] = [];
    for (const event of events) {
      const email = emails.find((found) => found.link_id === event.linkId);
      const link = await findLinkById(transaction, event.publisherId, event.linkId);
      if (!email || !link) continue;
      const { credential, credential_key: credentialKey } = email;
      wanted.push({
        ...wantedLike(link),
        purpose: link.purpose,
        cause: link.cause,
        ...(link.asked_nonce_sha256 && { askedBy: link.asked_nonce_sha256 }),
        movedFrom: link.link_id,
        credentialKind: 'email',
        credential,
        credentialKey,
      });
    }
    await issueLinks(context, transaction, wanted, 'moved');
  },
};
