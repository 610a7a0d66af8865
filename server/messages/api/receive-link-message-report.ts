import type { Database } from '../../database/transaction.ts';
import type { NoticeEndpoint } from '../../kit/http/endpoint.ts';
import { parseNoticeBody } from '../../kit/http/parse-notice-body.ts';
import { orderId, publisherId } from '../../kit/ids.ts';
import type { ReportGate } from '../../kit/report-gate.ts';
import { readMessageReport } from '../channels/link-mobility-sms/read-message-report.ts';
import type { MessageEvent } from '../message.ts';
import { recordReport } from '../messages-store.ts';

type Context = { database: Database; messageGate: ReportGate };

/** Delivery reports of messages; a report for a message that we did not send is taken and dropped. */
export const receiveLinkMessageReport: NoticeEndpoint<Context> = {
  operationId: 'receiveLinkMessageReport',
  summary: 'Take a delivery report of a message from LINK Mobility',
  async handleNotice(context, call) {
    const report = readMessageReport(context.messageGate, {
      gateToken: call.params['gateToken'],
      authorization: call.headers['authorization'],
      body: parseNoticeBody(call.bodyText),
    });
    switch (report.kind) {
      case 'refused':
        return { status: report.reason === 'wrong credentials' ? 401 : 400, body: { error: report.reason } };
      case 'ended':
        await apply(context, report.reference, report.state, report.code);
        return { body: { received: true } };
      case 'nothing new':
        return { body: { received: true } };
    }
  },
};

async function apply(
  context: Context,
  reference: string,
  state: 'delivered' | 'failed',
  reason: string,
): Promise<void> {
  await context.database.transaction('message-report', async (transaction) => {
    const row = await recordReport(transaction, reference, state, reason);
    if (!row || state !== 'failed') return;
    await transaction.report<MessageEvent>([
      {
        name: 'message failed',
        publisherId: publisherId(row.publisher_id),
        ...(row.order_id !== null && { orderId: orderId(row.order_id) }),
        messageId: row.message_id,
      },
    ]);
  });
}
