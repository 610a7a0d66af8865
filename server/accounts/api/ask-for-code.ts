import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import { answerEvenly } from '../../kit/http/answer-evenly.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { sendNewCode } from '../send-new-code.ts';
import { codeCaller, findCodeClient, showCodePage, showStaleCodePage } from './code-answers.ts';
import { type LinkPageContext, refuseStale } from './link-answers.ts';
import { problemPage } from './problem-page.ts';
import { checkForm } from './reader-browser.ts';

type Context = LinkPageContext & {
  database: Database;
  secrets: Pick<Secrets, 'loginLink' | 'credentialHash'>;
};

export const askForCode: PageEndpoint<Context> = {
  operationId: 'askForCode',
  summary: 'Send a new code to a credential that is known; answers alike whether it is or not',
  parameters: ['clientId'],
  async handlePage(context, call) {
    const client = await findCodeClient(context, call);
    if (!client) return problemPage(context, call, 400);
    const form = checkForm(call, context.settings.publicUrl, client.publisher.publisherId);
    if (form.kind === 'foreign') return problemPage(context, call, 403);
    if (form.kind === 'stale') return refuseStale(showStaleCodePage(context, call, client));
    const request = { ...codeCaller(context, call, client, form.visitor), clientId: client.clientId };
    await answerEvenly(sendNewCode(context, request));
    return showCodePage(context, call, client, { kind: 'sent' });
  },
};
