import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { sendNewCode } from '../send-new-code.ts';
import { type AgreementContext, admitToAgreement, askForAgreementCode, pathOf } from './agreement-answers.ts';

export const sendAgreementCode: PageEndpoint<AgreementContext> = {
  operationId: 'sendAgreementCode',
  summary: 'Send the reader of an agreement a code',
  async handlePage(context, call) {
    const admitted = await admitToAgreement(context, call);
    if (admitted.kind === 'answered') return admitted.page;
    const { agreement, reader, caller } = admitted;
    const { credentialKind, credential } = reader;
    const returnUrl = `${context.settings.publicUrl}${pathOf(call)}`;
    const to = { credentialKind, credential, returnUrl };
    await sendNewCode(context, { ...caller, clientId: agreement.clientId, to });
    return askForAgreementCode(context, call, agreement, { kind: 'sent' });
  },
};
