import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { findLinkByToken } from '../find-login-link.ts';
import { spendLink } from '../spend-link.ts';
import { answerClosed, answerLoggedIn, type LinkPageContext, refuseStale, showLink } from './link-answers.ts';
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
    const outcome = await spendLink(context, token, form.visitor);
    switch (outcome?.kind) {
      case 'logged in':
        return answerLoggedIn(context, call, outcome.link, outcome.sessionId);
      case 'closed':
        return answerClosed(context, call, outcome.link, outcome.reason);
      case 'used':
      case 'expired':
        return showLink(context, call, outcome.link, outcome.kind);
      case undefined:
        return problemPage(context, call, 404);
    }
  },
};
