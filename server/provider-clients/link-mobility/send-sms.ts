import { Type } from 'typebox';
import type { HttpClient } from '../../kit/http-client.ts';
import type { HttpOutcome } from '../../kit/http-outcome.ts';
import { judgeAnswer } from '../../kit/judge-answer.ts';
import { ifReadable, readLeniently } from '../../kit/read-leniently.ts';

/** Where and as whom we speak to LINK Mobility's Common API. */
export type LinkAccount = {
  baseUrl: string;
  username: string;
  password: string;
  platformId: string;
  platformPartnerId: string;
};

export type LinkSms = {
  source: string;
  sourceTON: 'ALPHANUMERIC' | 'SHORTNUMBER' | 'MSISDN';
  destination: string;
  userData: string;
  refId: string;
  /** How long the gateway may go on trying; it takes no more than 48 hours. */
  validitySeconds: number;
  deliveryReportGates: string[];
  tariff?: number;
  currency?: string;
  productDescription?: string;
  productCategory?: number;
  customParameters?: Record<string, string>;
};

/**
 * How a send ended. The API has no idempotency and no status query: `unknown` may have been accepted, and
 * a charged message must then never be sent again. What is refused was not taken, `why` says for what.
 */
export type LinkAnswer =
  | { kind: 'queued'; messageId: string; raw: string }
  | { kind: 'refused'; code: string; why: 'message' | 'account' | 'too many'; raw: string }
  | { kind: 'not sent'; code: string }
  | { kind: 'unknown'; code: string; raw: string };

const longestValiditySeconds = 172_800;

/** Sends one message by `POST /sms/send`; `ignoreResponse` is false, or no id would come back. */
export async function sendLinkSms(http: HttpClient, account: LinkAccount, sms: LinkSms): Promise<LinkAnswer> {
  const { platformId, platformPartnerId } = account;
  const { validitySeconds, ...message } = sms;
  const outcome = await http.send({
    method: 'POST',
    url: `${account.baseUrl}/sms/send`,
    headers: {
      authorization: basic(account),
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      platformId,
      platformPartnerId,
      dcs: 'TEXT',
      useDeliveryReport: true,
      ignoreResponse: false,
      relativeValidityTime: Math.min(validitySeconds, longestValiditySeconds) * 1000,
      ...message,
    }),
  });
  return readAnswer(outcome);
}

const refusals: Partial<Record<number, 'account' | 'too many'>> = {
  401: 'account',
  403: 'account',
  429: 'too many',
};
const Reply = Type.Object({
  messageId: ifReadable(Type.String()),
  status: ifReadable(Type.Union([Type.Number(), Type.String()])),
});

function readAnswer(outcome: HttpOutcome): LinkAnswer {
  const answer = judgeAnswer(outcome);
  switch (answer.kind) {
    case 'done': {
      const messageId = readLeniently(Reply, answer.body)?.messageId;
      const { status, raw } = answer;
      if (status === 200 && messageId !== undefined) return { kind: 'queued', messageId, raw };
      return { kind: 'unknown', code: `status ${status}`, raw };
    }
    case 'refused': {
      const { status, body, raw } = answer;
      const code = String(readLeniently(Reply, body)?.status ?? status);
      return { kind: 'refused', code, why: refusals[status] ?? 'message', raw };
    }
    case 'not sent':
    case 'unknown':
      return answer;
  }
}

function basic(account: LinkAccount): string {
  return `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`;
}
