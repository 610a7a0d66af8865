import type { Queryable } from '../../database/statement.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { findLinkByToken } from '../find-login-link.ts';
import { closedReasonOf } from '../link-closed.ts';
import { errorAddressOf } from './link-addresses.ts';
import type { LinkPageContext } from './link-answers.ts';
import { problemPage } from './problem-page.ts';

type Context = LinkPageContext & { database: Queryable };

export const giveUpLink: PageEndpoint<Context> = {
  operationId: 'giveUpLink',
  summary: "Go back to the client's error page without logging in; changes nothing",
  async handlePage(context, call) {
    const token = call.params['token'] ?? '';
    const link = await findLinkByToken(context.database, token);
    if (!link) return problemPage(context, call, 404);
    const isOver = link.is_spent || link.is_expired;
    const error = closedReasonOf(link) ?? (isOver ? 'link_expired' : 'cancelled');
    return { redirectTo: (await errorAddressOf(context, link, error)) ?? `/l/${token}` };
  },
};
