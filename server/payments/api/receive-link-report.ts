import type { Database } from '../../database/transaction.ts';
import type { NoticeAnswer, NoticeEndpoint } from '../../kit/http/endpoint.ts';
import { parseNoticeBody } from '../../kit/http/parse-notice-body.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import type { MethodDirectory } from '../find-method.ts';
import { type NoticeOutcome, receiveNotice } from '../receive-notice.ts';

type Context = { database: Database; methods: MethodDirectory; secrets: { sealing: SealingKeys } };

/**
 * Delivery reports of charges. Any 2xx ends LINK's retries, so it is sent only after the evidence is saved.
 */
export const receiveLinkReport: NoticeEndpoint<Context> = {
  operationId: 'receiveLinkReport',
  summary: 'Take a delivery report of a charge from LINK Mobility',
  async handleNotice(context, call) {
    const authorization = call.headers['authorization'];
    const { method, url, query, headers, bodyText } = call;
    const body = parseNoticeBody(bodyText);
    const notice = { method, url, topic: '', query, headers, authorization, body, raw: bodyText };
    const token = call.params['gateToken'] ?? '';
    return answers[await receiveNotice(context, 'link-mobility-sms', token, notice)];
  },
};

/** A report that is not about ours is taken too: refusing it would only make the provider send it again. */
const answers: Record<NoticeOutcome, NoticeAnswer> = {
  applied: { body: { received: true } },
  'not ours': { body: { received: true } },
  'wrong credentials': { status: 401, body: { error: 'wrong credentials' } },
  'not understood': { status: 400, body: { error: 'the report could not be understood' } },
};
