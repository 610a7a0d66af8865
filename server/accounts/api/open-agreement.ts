import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import type { FoundAgreement } from '../../payments/agreements/find-agreement.ts';
import { type CodeOutcome, enterCode } from '../enter-code.ts';
import { type AgreementContext, admitToAgreement, askForAgreementCode, pathOf } from './agreement-answers.ts';
import { markCookie } from './known-browser.ts';
import { problemPage } from './problem-page.ts';
import { sessionCookies } from './reader-browser.ts';

export const openAgreement: PageEndpoint<AgreementContext> = {
  operationId: 'openAgreement',
  summary: 'Log the reader of an agreement in by a code, and show it',
  async handlePage(context, call) {
    const admitted = await admitToAgreement(context, call);
    if (admitted.kind === 'answered') return admitted.page;
    const { agreement, caller } = admitted;
    const outcome = await enterCode(context, {
      ...caller,
      code: call.form['code'] ?? '',
      holdsAgreement: true,
    });
    return answer(context, call, agreement, caller, outcome);
  },
};

function answer(
  context: AgreementContext,
  call: PageCall,
  agreement: FoundAgreement,
  reader: { publisherId: number; credentialKey: Buffer },
  outcome: CodeOutcome,
): PageAnswer | Promise<PageAnswer> {
  const { publicUrl } = context.settings;
  switch (outcome.kind) {
    case 'logged in':
      return {
        redirectTo: pathOf(call),
        cookies: [
          ...sessionCookies(publicUrl, reader.publisherId, outcome.sessionId),
          markCookie(call, publicUrl, context.secrets.loginLink, reader),
        ],
      };
    case 'closed':
    case 'number is old':
      return problemPage(context, call, 403, agreement);
    case 'wrong':
      return askForAgreementCode(context, call, agreement, outcome);
    case 'expired':
      return askForAgreementCode(context, call, agreement, { kind: 'expired' });
    case 'too many':
      return askForAgreementCode(context, call, agreement, { kind: 'too-many' });
  }
}
