import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import {
  type AgreementContext,
  askForAgreementCode,
  findAgreementOfPage,
  mayManage,
  showAgreementPage,
} from './agreement-answers.ts';
import { problemPage } from './problem-page.ts';

export const showAgreement: PageEndpoint<AgreementContext> = {
  operationId: 'showAgreement',
  summary: 'Show a reader one agreement, or ask for a code first',
  async handlePage(context, call) {
    const agreement = await findAgreementOfPage(context, call);
    if (!agreement) return problemPage(context, call, 404);
    return (await mayManage(context, call, agreement))
      ? showAgreementPage(context, call, agreement)
      : askForAgreementCode(context, call, agreement, { kind: 'ready' });
  },
};
