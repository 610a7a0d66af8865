import type { AccountId } from '../ids.ts';
import type { LoginStrength } from '../login-strength.ts';
import type { By, KeptAct } from '../origin.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { Endpoint, NoticeEndpoint, PageEndpoint } from './endpoint.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the server must know of a caller; the domain's own type has more. */
export type ApiCaller = {
  clientId: string;
  by: By;
  profile: 'original' | 'strict';
  scopes: readonly string[];
  publisher: { publisherId: number };
  settings: { rateLimit: RateLimit | null };
};

/** Beside the client by which a reader calls: the reader, as their own token says. */
export type ApiUser = {
  user: { accountId: AccountId; uniqueUserId: string; strength: LoginStrength };
};

type RowBase = {
  method: Method;
  /** As in `/capi/v1/client/order/:orderId`; our own base comes first. */
  path: string;
  /** Bytes; 64 KiB unless said. */
  bodyLimit?: number;
  /** Answers also when the node is overloaded: signs of life. */
  alwaysAnswers?: boolean;
};

/** Whatever is not a GET says which act is kept of it, or why none is: a forgotten one does not compile. */
type Acting = { method: 'GET'; act?: never } | { method: Exclude<Method, 'GET'>; act: KeptAct };

/** A line of the API's table. A client's and a reader's calls need the scope; anyone's need nothing. */
export type Row<Context, Caller extends ApiCaller> =
  | (RowBase & { who: 'client'; scope: string; endpoint: Endpoint<Context, Caller> } & Acting)
  | (RowBase & { who: 'user'; scope: string; endpoint: Endpoint<Context, Caller & ApiUser> } & Acting)
  | (RowBase & { who: 'anyone'; endpoint: Endpoint<Context, undefined> })
  | (RowBase & { who: 'browser'; endpoint: PageEndpoint<Context> })
  | (RowBase & { who: 'provider'; endpoint: NoticeEndpoint<Context> });

export type ApiRow<Context, Caller extends ApiCaller> = Extract<
  Row<Context, Caller>,
  { who: 'client' | 'user' | 'anyone' }
>;
