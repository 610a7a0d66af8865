import type { Database } from '../../database/transaction.ts';
import type { NoticeAnswer, NoticeCall, NoticeEndpoint } from '../../kit/http/endpoint.ts';
import { parseNoticeBody } from '../../kit/http/parse-notice-body.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { receiveAttemptNotice, receiveMerchantNotice } from '../charging/receive-notice.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';
import type { NoticeOutcome } from '../notice-outcome.ts';
import type { Notice } from '../port/notice.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  secrets: { sealing: SealingKeys };
  settings: { publicUrl: string };
  wakeWorker(): void;
};

/** Notices about all payments of a merchant. Any 2xx ends the provider's tries, so all is saved before. */
export const receiveNotice: NoticeEndpoint<Context> = {
  operationId: 'receiveNotice',
  summary: "Take a payment provider's notice to a merchant",
  async handleNotice(context, call) {
    const { account = '', gateToken = '' } = call.params;
    return answers[await receiveMerchantNotice(context, account, gateToken, noticeOf(context, call))];
  },
};

/** Notices about one attempt, at an address that only its provider was told. */
export const receiveNoticeOfAttempt: NoticeEndpoint<Context> = {
  operationId: 'receiveNoticeOfAttempt',
  summary: "Take a payment provider's notice about one attempt",
  async handleNotice(context, call) {
    const { adapter = '', noticeToken = '' } = call.params;
    const outcome = await receiveAttemptNotice(context, adapter, noticeToken, noticeOf(context, call));
    if (outcome !== 'may not be paid') return answers[outcome];
    const location = `${context.settings.publicUrl}/user/fulfillment/back/${noticeToken}`;
    return { ...answers[outcome], headers: { location } };
  },
};

function noticeOf({ settings }: Context, call: NoticeCall): Notice {
  const { method, query, headers, bodyText } = call;
  return {
    method,
    url: `${settings.publicUrl}${call.url}`,
    topic: call.params['topic'] ?? '',
    query,
    headers,
    authorization: headers['authorization'],
    body: parseNoticeBody(bodyText),
    raw: bodyText,
  };
}

/** A notice that is not about ours is taken too: refusing it would only make the provider send it again. */
const answers: Record<NoticeOutcome, NoticeAnswer> = {
  taken: { body: { received: true } },
  'not ours': { body: { received: true } },
  'wrong credentials': { status: 401, body: { error: 'wrong credentials' } },
  'not understood': { status: 400, body: { error: 'the notice could not be understood' } },
  'may be paid': { body: {} },
  'may not be paid': { status: 303, body: {} },
};
