import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import type { PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { findLinkByToken, type LinkRow } from '../find-login-link.ts';
import { spendLink } from '../spend-link.ts';
import { hasMarkOf } from './known-browser.ts';
import { answerClosed, answerLoggedIn, type LinkPageContext, refuseStale, showLink } from './link-answers.ts';
import { askAboutNumber, wantsNewAccount } from './old-number-answers.ts';
import { openLink } from './open-link.ts';
import { problemPage } from './problem-page.ts';
import { checkForm } from './reader-browser.ts';

type Context = LinkPageContext & { database: Database; secrets: Pick<Secrets, 'loginLink'> };

export const logInByLink: PageEndpoint<Context> = {
  operationId: 'logInByLink',
  summary: 'Spend a login link and go on to where it leads',
  async handlePage(context, call) {
    const token = call.params['token'] ?? '';
    const found = await findLinkByToken(context.database, token);
    const form = checkForm(call, context.settings.publicUrl, found?.publisher_id);
    if (form.kind === 'foreign') return problemPage(context, call, 403);
    if (form.kind === 'stale') return refuseStale(await openLink.handlePage(context, call));
    const claim = { isShownBeside: isKnown(context, call, found), wantsNewAccount: wantsNewAccount(call) };
    const outcome = await spendLink(context, token, form.visitor, claim);
    switch (outcome?.kind) {
      case 'logged in':
        return answerLoggedIn(context, call, outcome.link, outcome.sessionId);
      case 'closed':
        return answerClosed(context, call, outcome.link, outcome.reason);
      case 'number is old':
        return askAboutNumber(context, call, outcome.link, { action: `/l/${token}` });
      case 'used':
      case 'expired':
        return showLink(context, call, outcome.link, outcome.kind);
      case undefined:
        return problemPage(context, call, 404);
    }
  },
};

/** The reader's own browser, by the mark that it was given. */
function isKnown({ settings, secrets }: Context, call: PageCall, link: LinkRow | undefined): boolean {
  if (!link) return false;
  const reader = { publisherId: link.publisher_id, credentialKey: link.credential_key };
  return hasMarkOf(call, settings.publicUrl, secrets.loginLink, reader);
}
