import type { Log } from '../log.ts';
import type { Origin } from '../origin.ts';
import type { Problem } from '../problem.ts';
import type { RateLimiter } from '../rate-limit.ts';
import type { ApiCaller, ApiUser, Row } from './route-table.ts';

export type HttpLog = Pick<Log, 'warn' | 'error'>;

export type HttpLimits = {
  /** Requests in work at a time; beyond it new ones are told to come back. */
  inFlight: number;
  /** Mean delay of the event loop over the last second, in milliseconds, beyond which none is taken. */
  eventLoopDelayMilliseconds: number;
  /** How long a request may take to arrive, and to be answered. */
  requestMilliseconds: number;
  handlerMilliseconds: number;
  headersMilliseconds: number;
  /** Above the load balancer's own, so that it never reuses a connection that we are closing. */
  keepAliveMilliseconds: number;
  bodyBytes: number;
  slowMilliseconds: number;
};

export const defaultHttpLimits: HttpLimits = {
  inFlight: 2000,
  eventLoopDelayMilliseconds: 500,
  requestMilliseconds: 15_000,
  handlerMilliseconds: 30_000,
  headersMilliseconds: 10_000,
  keepAliveMilliseconds: 72_000,
  bodyBytes: 64 * 1024,
  slowMilliseconds: 1000,
};

/** What is known of the request whose refusal a page tells. */
export type RefusedCall = {
  method: string;
  requestId: string;
  acceptLanguage: string | undefined;
  query: Readonly<Record<string, string>>;
  /** Whose page it is, where the page could tell. */
  publisherId: number | undefined;
};

export type ErrorPage = (problem: Problem, call: RefusedCall) => Promise<string>;

/** The same context for work that began there, so that whatever it changes can tell. */
export type ContextFor<Context> = (context: Context, origin: Origin) => Context;

export type HttpOptions<Context, Caller extends ApiCaller> = {
  rows: readonly Row<Context, Caller>[];
  context: Context;
  contextFor?: ContextFor<Context>;
  /** Answers whose token it is, or throws `token_is_invalid`. */
  authenticate(token: string): Promise<Caller>;
  /** The same for a reader's token; needed where a row is for readers. */
  authenticateUser?(token: string): Promise<Caller & ApiUser>;
  /** What an error from below means to a caller, where that is known: a busy database, a lost commit. */
  explainError: (error: unknown) => Problem | undefined;
  rateLimiter: RateLimiter;
  log: HttpLog;
  /** Base of the pages that problem documents point to, without a trailing slash. */
  docsBase: string;
  /** Base of our addresses; decides whether browsers are told to stay on https. */
  publicUrl: string;
  /** Ranges whose X-Forwarded-For is believed; nothing means that the caller is who connects. */
  trustedProxies?: readonly string[];
  /** Other names of what a path begins with, as `{ '/login/': '/user/', '/enter': '/user/login' }`. */
  aliases?: Readonly<Record<string, string>>;
  /** Where people come with addresses that they copied: what stands after the token is dropped. */
  tokenPaths?: readonly string[];
  /** A refusal as a reader's browser sees it, in HTML; without it, browsers get problem documents too. */
  errorPage?: ErrorPage;
  /** For OpenAPI. */
  version: string;
  limits?: Partial<HttpLimits>;
};
