import type { SharedHttpClient } from '../../../kit/http-client.ts';
import {
  type LinkAccount,
  type LinkAnswer,
  sendLinkSms,
} from '../../../provider-clients/link-mobility/send-sms.ts';
import type { MessageChannel, SendOutcome } from '../message-channel.ts';

export type LinkSmsSettings = LinkAccount & { source: string; gateId: string };

/**
 * SMS by LINK Mobility. A message may come twice where an answer was lost; both carry the same link and
 * refId.
 */
export function createLinkSmsChannel(http: SharedHttpClient, settings: LinkSmsSettings): MessageChannel {
  const { source, gateId, ...account } = settings;
  return {
    name: 'link-mobility-sms',
    async send(message) {
      if (message.content.kind !== 'sms') return { kind: 'refused', reason: 'not an SMS' };
      const answer = await sendLinkSms(
        http.of({ publisherId: message.publisherId, account: 'messages' }),
        account,
        {
          source,
          sourceTON: 'ALPHANUMERIC',
          destination: message.to,
          userData: message.content.text,
          refId: message.messageId,
          validitySeconds: Math.max(60, message.validitySeconds),
          deliveryReportGates: [gateId],
        },
      );
      return outcomeOf(answer);
    },
  };
}

function outcomeOf(answer: LinkAnswer): SendOutcome {
  switch (answer.kind) {
    case 'queued':
      return { kind: 'accepted', providerMessageId: answer.messageId };
    case 'refused':
      // A fault of the account is the operator's to mend, and no fault of the message.
      return { kind: answer.why === 'message' ? 'refused' : 'later', reason: answer.code };
    case 'not sent':
      return { kind: 'later', reason: answer.code };
    case 'unknown':
      return { kind: 'unknown', reason: answer.code };
  }
}
