import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { askAgreementEnd } from '../ask-agreement-end.ts';
import {
  type AgreementContext,
  askForAgreementCode,
  findAgreementOfPage,
  mayManage,
  pathOf,
  showAgreementPage,
} from './agreement-answers.ts';
import { refuseStale } from './link-answers.ts';
import { problemPage } from './problem-page.ts';
import { checkForm } from './reader-browser.ts';

export const endAgreement: PageEndpoint<AgreementContext> = {
  operationId: 'endAgreement',
  summary: 'Stop renewing: nothing more is taken by an agreement',
  async handlePage(context, call) {
    const agreement = await findAgreementOfPage(context, call);
    if (!agreement) return problemPage(context, call, 404);
    const form = checkForm(call, context.settings.publicUrl, agreement.publisherId);
    if (form.kind === 'foreign') return problemPage(context, call, 403);
    if (!(await mayManage(context, call, agreement))) {
      return refuseStale(await askForAgreementCode(context, call, agreement, { kind: 'ready' }));
    }
    if (form.kind === 'stale') return refuseStale(await showAgreementPage(context, call, agreement));
    const { agreementId } = agreement;
    if (agreementId !== undefined) await askAgreementEnd(context, { ...agreement, agreementId });
    return { redirectTo: pathOf(call) };
  },
};
