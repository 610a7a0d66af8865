import type { Database } from '../../database/transaction.ts';
import type { NoticeAnswer, NoticeEndpoint } from '../../kit/http/endpoint.ts';
import { type DeliveryReport, readDeliveryReport } from '../read-delivery-report.ts';
import { recordEmailReport } from '../record-report.ts';
import { readReportToken } from '../report-token.ts';

type Context = { database: Database; secrets: { webhookCredentials: Buffer } };

/** Bounces of e-mails: the token is the one of the address that the report was sent to. */
export const receiveEmailReport: NoticeEndpoint<Context> = {
  operationId: 'receiveEmailReport',
  summary: 'Take what a mail server reports about an e-mail (RFC 3464)',
  takesMail: true,
  async handleNotice(context, call) {
    const message = readReportToken(context.secrets.webhookCredentials, call.params['token'] ?? '');
    if (!message) return { status: 404, body: { error: 'no e-mail has this token' } };
    const report = readDeliveryReport(call.headers['content-type'], call.bodyText);
    if (!report) return notUnderstood;
    const { outcome } = report;
    if (outcome !== 'pending') {
      const told = { state: outcome, reason: reasonOf(report) };
      await context.database.transaction('email-report', (transaction) =>
        recordEmailReport(transaction, message, told),
      );
    }
    return { body: { received: true } };
  },
};

const notUnderstood: NoticeAnswer = {
  status: 400,
  body: {
    error: 'the body must be a mail with message/delivery-status, or that alone, with Action and Status',
  },
};

function reasonOf({ outcome, status }: DeliveryReport): string {
  return status === undefined ? outcome : `${outcome} ${status}`;
}
