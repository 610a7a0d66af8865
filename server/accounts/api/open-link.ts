import type { Queryable } from '../../database/statement.ts';
import { readNonce } from '../../kit/http/browser-form.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { findLinkByToken } from '../find-login-link.ts';
import { closedReasonOf } from '../link-closed.ts';
import { isSpentBy } from '../spend-link.ts';
import { answerClosed, type LinkPageContext, showLink } from './link-answers.ts';
import { problemPage } from './problem-page.ts';

type Context = LinkPageContext & { database: Queryable };

export const openLink: PageEndpoint<Context> = {
  operationId: 'openLink',
  summary: 'Show what a login link is for; changes nothing, whoever opens it',
  async handlePage(context, call) {
    const link = await findLinkByToken(context.database, call.params['token'] ?? '');
    if (!link) return problemPage(context, call, 404);
    const reason = closedReasonOf(link);
    if (reason) return answerClosed(context, call, link, reason);
    if (link.is_spent) {
      const isOwn = isSpentBy(link, readNonce(call, context.settings.publicUrl));
      return showLink(context, call, link, isOwn ? 'ready' : 'used');
    }
    return showLink(context, call, link, link.is_expired ? 'expired' : 'ready');
  },
};
