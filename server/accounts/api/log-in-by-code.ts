import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import { answerEvenly } from '../../kit/http/answer-evenly.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import type { Client } from '../../publishers/publisher.ts';
import { type CodeOutcome, enterCode } from '../enter-code.ts';
import { codeCaller, findCodeClient, schemesOf, showCodePage, showStaleCodePage } from './code-answers.ts';
import { answerClosed, answerLoggedIn, type LinkPageContext, refuseStale } from './link-answers.ts';
import { askAboutNumber, wantsNewAccount } from './old-number-answers.ts';
import { problemPage } from './problem-page.ts';
import { checkForm } from './reader-browser.ts';

type Context = LinkPageContext & {
  database: Database;
  secrets: Pick<Secrets, 'loginLink' | 'credentialHash'>;
};

export const logInByCode: PageEndpoint<Context> = {
  operationId: 'logInByCode',
  summary: 'Log in with the six digits of the newest message',
  parameters: ['clientId'],
  async handlePage(context, call) {
    const client = await findCodeClient(context, call);
    if (!client) return problemPage(context, call, 400);
    const form = checkForm(call, context.settings.publicUrl, client.publisher.publisherId);
    if (form.kind === 'foreign') return problemPage(context, call, 403);
    if (form.kind === 'stale') return refuseStale(showStaleCodePage(context, call, client));
    const caller = codeCaller(context, call, client, form.visitor);
    const entered = enterCode(context, {
      ...caller,
      code: call.form['code'] ?? '',
      wantsNewAccount: wantsNewAccount(call),
    });
    return answer(context, call, client, await answerEvenly(entered));
  },
};

function answer(
  context: Context,
  call: PageCall,
  client: Client,
  outcome: CodeOutcome,
): PageAnswer | Promise<PageAnswer> {
  switch (outcome.kind) {
    case 'logged in':
      return answerLoggedIn(context, call, outcome.link, outcome.sessionId);
    case 'closed':
      return answerClosed(context, call, outcome.link, outcome.reason);
    case 'number is old':
      return askAboutNumber(context, call, outcome.link, {
        action: `/user/code?clientId=${encodeURIComponent(client.clientId)}`,
        schemes: schemesOf(client),
      });
    case 'wrong':
      return showCodePage(context, call, client, outcome);
    case 'expired':
      return showCodePage(context, call, client, { kind: 'expired' });
    case 'too many':
      return showCodePage(context, call, client, { kind: 'too-many' });
  }
}
