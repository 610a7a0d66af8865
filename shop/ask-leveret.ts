/** This site, and the server that it asks. */
export type Site = { url: string; leveretUrl: string; clientId: string; clientSecret: string };

export type Tokens = { access_token: string; refresh_token: string; id_token: string; expires_in: number };

/** Leveret said no; the message is for people. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Whether Leveret refused so, by its status or by its code. */
export function isRefused(error: unknown, why: number | string): error is Refused {
  return error instanceof Refused && (error.status === why || error.code === why);
}

/** Three ways to ask Leveret: for tokens, with a token, and as the shop itself. */
export function openRequests({ leveretUrl, clientId, clientSecret }: Site) {
  let own: { token: string; until: number } | undefined;

  async function send<Reply>(path: string, init: RequestInit): Promise<Reply> {
    const signal = AbortSignal.timeout(15_000);
    const reply = await fetch(leveretUrl + path, { ...init, signal });
    const body = (await reply.json()) as Record<string, unknown>;
    if (reply.ok) return body as Reply;
    const { code = body['error'], detail = body['error_description'] } = body;
    throw new Refused(reply.status, String(code), String(detail));
  }

  /** RFC 6749, 2.3.1: name and secret are encoded before they are joined. */
  function askForTokens<Reply>(form: Record<string, string>): Promise<Reply> {
    const basic = btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
    return send('/user/oauth/token', {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(form),
    });
  }

  /** The shop's own token, which opens what is the publisher's. A new one a minute before it is over. */
  async function ownToken(): Promise<string> {
    if (own && own.until > Date.now()) return own.token;
    const given = await askForTokens<Tokens>({ grant_type: 'client_credentials' });
    own = { token: given.access_token, until: Date.now() + (given.expires_in - 60) * 1000 };
    return own.token;
  }

  function ask<Reply>(token: string, path: string, body?: object, key?: string): Promise<Reply> {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    return send(path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
  }

  /** As the shop itself. A token that was ended before its time is forgotten, and a new one asked for. */
  async function askAsShop<Reply>(path: string, body?: object, key?: string): Promise<Reply> {
    try {
      return await ask(await ownToken(), path, body, key);
    } catch (error) {
      if (!isRefused(error, 401)) throw error;
      own = undefined;
      return ask(await ownToken(), path, body, key);
    }
  }

  return { askForTokens, ask, askAsShop };
}
