import type { Database } from '../../database/transaction.ts';
import type { NoticeEndpoint } from '../../kit/http/endpoint.ts';
import { parseNoticeBody } from '../../kit/http/parse-notice-body.ts';
import { orderId, publisherId } from '../../kit/ids.ts';
import { hasCredentials, readLinkReport } from '../../provider-clients/link-mobility/read-report.ts';
import { messageStateOf } from '../channels/link-mobility-sms/translate-report.ts';
import type { MessageEvent } from '../message.ts';
import { recordReport } from '../messages-store.ts';

/** The gate of one installation's messages: the unguessable part of its address, and its credentials. */
export type MessageGate = { token: string; username: string; password: string };

type Context = { database: Database; messageGate: MessageGate };

/** Delivery reports of messages; a report for a message that we did not send is taken and dropped. */
export const receiveLinkMessageReport: NoticeEndpoint<Context> = {
  operationId: 'receiveLinkMessageReport',
  summary: 'Take a delivery report of a message from LINK Mobility',
  async handleNotice(context, call) {
    const { token, username, password } = context.messageGate;
    const isKnown = call.params['gateToken'] === token;
    if (!isKnown || !hasCredentials(call.headers['authorization'], username, password)) {
      return { status: 401, body: { error: 'wrong credentials' } };
    }
    const report = readLinkReport(parseNoticeBody(call.bodyText));
    if (!report) return { status: 400, body: { error: 'the report could not be understood' } };
    const state = messageStateOf(report.resultCode);
    if (state) await apply(context, report.refId, state, String(report.resultCode));
    return { body: { received: true } };
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
