import type { Static, TSchema } from 'typebox';
import type { PageParameter } from './page-parameters.ts';
import type { Warning } from './read-input.ts';

/** What every call carries, whoever calls. */
export type Call<Caller, Body = undefined, Params = undefined, Query = undefined> = {
  caller: Caller;
  body: Body;
  params: Params;
  query: Query;
  /** The body as it was sent: what an idempotency key is bound to. */
  bodyText: string;
  idempotencyKey: string | undefined;
  requestId: string;
  warnings: Warning[];
};

/** One operation of the API. Its file parses by schema, calls one use case, and answers. */
export type Endpoint<Context, Caller> = {
  operationId: string;
  summary: string;
  description?: string;
  body?: TSchema;
  params?: TSchema;
  query?: TSchema;
  reply: TSchema;
  /** The HTTP status on success; 200 unless said. */
  status?: number;
  /** Whether the POST changes something, so that Idempotency-Key has a meaning. */
  changes?: boolean;
  examples?: Examples;
  handle(context: Context, call: Call<Caller, never, never, never>): Promise<Answer>;
};

/** Shown in OpenAPI: what can be sent as it stands, and what is answered. */
export type Examples = { params?: Readonly<Record<string, string | number>>; body?: object; reply?: object };

export type Answer = { status?: number; headers?: Record<string, string>; body: object };

type StaticOf<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

/** Declares an endpoint so that the handler's call is typed by the schemas beside it. */
export function endpoint<
  Context,
  Caller,
  Body extends TSchema | undefined = undefined,
  Params extends TSchema | undefined = undefined,
  Query extends TSchema | undefined = undefined,
>(declared: {
  operationId: string;
  summary: string;
  description?: string;
  body?: Body;
  params?: Params;
  query?: Query;
  reply: TSchema;
  status?: number;
  changes?: boolean;
  examples?: Examples;
  handle(
    context: Context,
    call: Call<Caller, StaticOf<Body>, StaticOf<Params>, StaticOf<Query>>,
  ): Promise<Answer>;
}): Endpoint<Context, Caller> {
  return declared as unknown as Endpoint<Context, Caller>;
}

/** A page for a reader's browser: HTML, a redirect, or a file. */
export type PageAnswer = {
  status?: number;
  headers?: Record<string, string>;
  cookies?: string[];
  html?: string;
  text?: { type: string; content: string };
  redirectTo?: string;
  /**
   * Origins beyond our own that the page may use, by directive of the Content-Security-Policy. A form whose
   * POST is answered with a redirect needs the target's origin under `form-action`.
   */
  allows?: Partial<Record<PageSource, readonly string[]>>;
  /** The origin whose pages may show this one in a frame; none unless said. */
  framedBy?: string;
};

/** What a page needs that leads on by itself: a script of ours. */
export const goOnAllowed: NonNullable<PageAnswer['allows']> = { 'script-src': [] };

export type PageSource = 'form-action' | 'script-src' | 'style-src' | 'frame-src' | 'connect-src' | 'img-src';

export type PageCall = {
  method: string;
  params: Record<string, string>;
  query: Record<string, string>;
  form: Record<string, string>;
  cookies: Record<string, string>;
  headers: {
    origin?: string;
    acceptLanguage?: string;
    userAgent?: string;
    authorization?: string;
    /** The page that the request came from, as far as it lets browsers tell. */
    referer?: string;
    secFetchSite?: string;
    secFetchMode?: string;
    /** What the page is to stand in: `document` for a window, `iframe` for a frame. */
    secFetchDest?: string;
    /** Why the page is asked for, where nobody may be looking at it: `prefetch`, `prefetch;prerender`. */
    purpose?: string;
  };
  address: string;
  requestId: string;
};

/** A page endpoint answers a browser; GET must change nothing. */
export type PageEndpoint<Context> = {
  operationId: string;
  summary: string;
  /** What the page reads of its address; none unless said. One that is misspelt is refused. */
  parameters?: readonly PageParameter[];
  /** Whose page an address opens, where it tells: what is refused before the page leads on to them. */
  findPublisherId?(context: Context, call: PageCall): Promise<number | undefined>;
  handlePage(context: Context, call: PageCall): Promise<PageAnswer>;
};

/** What a provider tells us, as it was sent: signatures cover the raw text and the raw address. */
export type NoticeCall = {
  method: string;
  /** Path and query as they were sent. */
  url: string;
  params: Record<string, string>;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  bodyText: string;
  address: string;
  requestId: string;
};

export type NoticeAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: object;
  text?: { type: string; content: string };
};

/** A notice endpoint answers a provider, and checks by itself who is calling. */
export type NoticeEndpoint<Context> = {
  operationId: string;
  summary: string;
  /** The body is a mail, which may hold any bytes: each is read for itself (ISO 8859-1), and none refused. */
  takesMail?: boolean;
  handleNotice(context: Context, call: NoticeCall): Promise<NoticeAnswer>;
};
