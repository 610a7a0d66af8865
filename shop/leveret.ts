import { createHash } from 'node:crypto';

/** This site, and the server that it asks. */
export type Site = { url: string; leveretUrl: string; clientId: string; clientSecret: string };

export type Tokens = { access_token: string; refresh_token: string; id_token: string; expires_in: number };

/** Of a reader's profile what the shop shows. */
export type Reader = {
  uniqueId: string;
  name: { firstName: string | null; lastName: string | null };
  credential: { credential: string } | null;
};

export type Offer = { couponCode: string; couponNumber: number; couponPrice: number; currency: string };

export type Completed = { fulfillmentStatus: 'OK' | 'ERROR'; code?: string; fulfillmentUrl?: string };

export type OrderState = 'registered' | 'paying' | 'completed' | 'stopped';

/** What may be asked of a grant: the whole paper, or one article. */
export type Wanted = { product: string } | { articleId: string };

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

export type Leveret = ReturnType<typeof connectLeveret>;

/** Everything that the shop asks of Leveret, each a plain HTTP request. */
export function connectLeveret(site: Site) {
  const { leveretUrl, clientId, clientSecret } = site;
  const redirectUri = `${site.url}/back`;
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

  /** As the shop itself. A token that was ended before its time is forgotten. */
  async function askAsShop<Reply>(path: string, body?: object, key?: string): Promise<Reply> {
    try {
      return await ask(await ownToken(), path, body, key);
    } catch (error) {
      if (isRefused(error, 401)) own = undefined;
      throw error;
    }
  }

  return {
    issuer: `${leveretUrl}/user`,

    /** Where the browser goes to log in. With `prompt: 'none'` nobody sees a page. */
    loginAddress(login: { state: string; verifier: string }, prompt: 'none' | undefined): string {
      const challenge = createHash('sha256').update(login.verifier).digest('base64url');
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid read',
        state: login.state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...(prompt && { prompt }),
      });
      return `${leveretUrl}/user/oauth/authorize?${query.toString()}`;
    },

    swapCode: (code: string, verifier: string) =>
      askForTokens<Tokens>({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),

    refresh: (token: string) => askForTokens<Tokens>({ grant_type: 'refresh_token', refresh_token: token }),

    /** The id_token is only handed back, to say whom the shop means; it is never read here. */
    logoutAddress(idToken: string | undefined): string {
      const query = new URLSearchParams({
        client_id: clientId,
        post_logout_redirect_uri: `${site.url}/`,
        ...(idToken !== undefined && { id_token_hint: idToken }),
      });
      return `${leveretUrl}/user/logout?${query.toString()}`;
    },

    /** With a reader's token: who it is, and whether something may be read. */
    findReader: (token: string) => ask<Reader>(token, '/capi/v1/customer/profile'),
    async readerMayRead(token: string, wanted: Wanted): Promise<boolean> {
      return (await ask<{ access: boolean }>(token, '/capi/v1/customer/access', wanted)).access;
    },

    /** With the shop's own token. It vouches for the credential that it asks for. */
    async buyerMayRead(credential: string, wanted: Wanted): Promise<boolean> {
      const asked = { ...wanted, credential };
      return (await askAsShop<{ access: boolean }>('/capi/v1/client/access', asked)).access;
    },
    async listOffers(product: string): Promise<Offer[]> {
      return (await askAsShop<{ coupons: Offer[] }>(`/capi/v1/client/coupon/${product}`)).coupons;
    },
    /** The same key again is the same order, so that a form sent twice buys once. */
    async registerOrder(order: object, key: string): Promise<number> {
      return (await askAsShop<{ orderId: number }>('/capi/v1/client/order', order, key)).orderId;
    },
    completeOrder: (completion: object, key: string) =>
      askAsShop<Completed>('/capi/v1/client/order/fulfillment', completion, `${key}.complete`),
    async stateOf(orderId: number): Promise<OrderState> {
      const path = `/capi/v1/client/order/status/${orderId}`;
      const { orders } = await askAsShop<{ orders: { state: OrderState }[] }>(path);
      return orders[0]?.state ?? 'stopped';
    },
  };
}

/** Whether Leveret refused so, by its status or by its code. */
export function isRefused(error: unknown, why: number | string): error is Refused {
  return error instanceof Refused && (error.status === why || error.code === why);
}
