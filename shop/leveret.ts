import { createHash } from 'node:crypto';
import { openRequests, type Site, type Tokens } from './ask-leveret.ts';

/** Of a reader's profile what the shop shows. */
export type Reader = {
  uniqueId: string;
  name: { firstName: string | null; lastName: string | null };
  credential: { credential: string } | null;
};

export type Offer = { couponCode: string; couponNumber: number; couponPrice: number; currency: string };

export type OrderState = 'registered' | 'paying' | 'completed' | 'stopped';

/** What may be asked of a grant: the whole paper, or one article. */
export type Wanted = { product: string } | { articleId: string };

type Completed = { fulfillmentStatus: 'OK' | 'ERROR'; code?: string; fulfillmentUrl?: string };

type Requests = ReturnType<typeof openRequests>;

export type Leveret = ReturnType<typeof connectLeveret>;

/** Everything that the shop asks of Leveret. */
export function connectLeveret(site: Site) {
  const requests = openRequests(site);
  return { ...loginsAt(site, requests), ...readersAt(requests), ...ordersAt(requests) };
}

/** The addresses that a browser is sent to, and what is asked when it comes back. */
function loginsAt({ url, leveretUrl, clientId }: Site, { askForTokens }: Requests) {
  const redirectUri = `${url}/back`;
  return {
    issuer: `${leveretUrl}/user`,

    /** With `prompt: 'none'` nobody sees a page. */
    loginAddress(login: { state: string; verifier: string }, prompt: 'none' | undefined): string {
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid read',
        state: login.state,
        code_challenge: createHash('sha256').update(login.verifier).digest('base64url'),
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
        post_logout_redirect_uri: `${url}/`,
        ...(idToken !== undefined && { id_token_hint: idToken }),
      });
      return `${leveretUrl}/user/logout?${query.toString()}`;
    },
  };
}

/** With a reader's token: who it is, and whether something may be read. */
function readersAt({ ask }: Requests) {
  return {
    findReader: (token: string) => ask<Reader>(token, '/capi/v1/customer/profile'),
    async readerMayRead(token: string, wanted: Wanted): Promise<boolean> {
      return (await ask<{ access: boolean }>(token, '/capi/v1/customer/access', wanted)).access;
    },
  };
}

/** With the shop's own token. */
function ordersAt({ askAsShop }: Requests) {
  return {
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

    /** The shop vouches for the credential that it asks for. */
    async buyerMayRead(credential: string, wanted: Wanted): Promise<boolean> {
      const asked = { ...wanted, credential };
      return (await askAsShop<{ access: boolean }>('/capi/v1/client/access', asked)).access;
    },
  };
}
