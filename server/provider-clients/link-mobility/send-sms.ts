import type { HttpClient } from '../../kit/http-client.ts';

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
  | { kind: 'not sent'; reason: string }
  | { kind: 'unknown'; reason: string; raw: string };

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
  if (outcome.kind === 'not_sent') return { kind: 'not sent', reason: outcome.reason };
  if (outcome.kind === 'unknown') return { kind: 'unknown', reason: outcome.reason, raw: '' };
  return readAnswer(outcome.status, outcome.body);
}

const refusals: Partial<Record<number, 'account' | 'too many'>> = {
  401: 'account',
  403: 'account',
  429: 'too many',
};
// Says that the gateway did not read to the end in time, and not that it took nothing.
const requestTimeout = 408;

function readAnswer(status: number, raw: string): LinkAnswer {
  const body = parseObject(raw);
  if (status === 200 && typeof body['messageId'] === 'string') {
    return { kind: 'queued', messageId: body['messageId'], raw };
  }
  const why = refusals[status] ?? (status >= 400 && status < 500 ? 'message' : undefined);
  if (why && status !== requestTimeout) {
    const given = body['status'];
    const code = typeof given === 'number' || typeof given === 'string' ? String(given) : String(status);
    return { kind: 'refused', code, why, raw };
  }
  return { kind: 'unknown', reason: `status ${status}`, raw };
}

function basic(account: LinkAccount): string {
  return `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
