import { renderLinkSentPage } from '@leveret/pages/link-sent-page.js';
import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { findHome } from '../../publishers/find-home.ts';
import { closedReasonOf } from '../link-closed.ts';
import { sendNewLink } from '../send-new-link.ts';
import { secretHash } from '../session.ts';
import { answerClosed, type LinkPageContext, refuseStale } from './link-answers.ts';
import { openLink } from './open-link.ts';
import { problemPage } from './problem-page.ts';
import { checkForm } from './reader-browser.ts';

type Context = LinkPageContext & {
  database: Database;
  secrets: Pick<Secrets, 'loginLink' | 'credentialHash'>;
};

export const resendLink: PageEndpoint<Context> = {
  operationId: 'resendLink',
  summary:
    'Send a new login link to where the first one went; answers alike whether a limit is reached or not',
  async handlePage(context, call) {
    const form = checkForm(call, context.settings.publicUrl, undefined);
    if (form.kind === 'foreign') return problemPage(context, call, 403);
    if (form.kind === 'stale') return refuseStale(await openLink.handlePage(context, call));
    const browser = secretHash(form.visitor.nonce);
    const link = await sendNewLink(context, call.params['token'] ?? '', browser);
    if (!link) return problemPage(context, call, 404);
    const reason = closedReasonOf(link);
    if (reason) return answerClosed(context, call, link, reason);
    const { returnUrl, seller } = await findHome(context.publishers, { publisherId: link.publisher_id });
    const codePage = `/user/code?clientId=${encodeURIComponent(link.client_id)}`;
    const html = renderLinkSentPage({
      language: pageLanguage(call.headers.acceptLanguage, link.locale),
      publisherName: link.publisher_name,
      seller,
      destination: link.credential,
      // Only an e-mail has room for the code beside the link.
      codePageUrl: link.credential_kind === 'email' ? codePage : undefined,
      homeUrl: returnUrl,
    });
    return { html };
  },
};
