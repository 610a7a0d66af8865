import type { Database } from '../../database/transaction.ts';
import type { NoticeEndpoint } from '../../kit/http/endpoint.ts';
import { parseNoticeBody } from '../../kit/http/parse-notice-body.ts';
import type { WebhookCredentials } from '../../kit/webhook-credentials.ts';
import { readMessageReport } from '../channels/link-mobility-sms/read-message-report.ts';
import { recordSmsReport } from '../record-report.ts';

type Context = { database: Database; messageCredentials: WebhookCredentials };

/** Delivery reports of messages; a report for a message that we did not send is taken and dropped. */
export const receiveLinkMessageReport: NoticeEndpoint<Context> = {
  operationId: 'receiveLinkMessageReport',
  summary: 'Take a delivery report of a message from LINK Mobility',
  async handleNotice(context, call) {
    const report = readMessageReport(context.messageCredentials, {
      gateToken: call.params['gateToken'],
      authorization: call.headers['authorization'],
      body: parseNoticeBody(call.bodyText),
    });
    switch (report.kind) {
      case 'refused':
        return { status: report.reason === 'wrong credentials' ? 401 : 400, body: { error: report.reason } };
      case 'ended':
        await context.database.transaction('message-report', (transaction) =>
          recordSmsReport(transaction, report.reference, { state: report.state, reason: report.code }),
        );
        return { body: { received: true } };
      case 'nothing new':
        return { body: { received: true } };
    }
  },
};
