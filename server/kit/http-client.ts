import { Agent, type Dispatcher } from 'undici';
import type { AddressGuard, UrlRules } from './address-guard.ts';
import { createBulkhead, NoPlace } from './bulkhead.ts';
import { createGuardedConnector } from './guarded-connector.ts';
import { type BreakerOptions, createBreakers } from './http-breakers.ts';
import { exchange } from './http-exchange.ts';
import { type HttpOutcome, notSent } from './http-outcome.ts';

export type HttpRequest = {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** What this address may look like; without it https on port 443 only, and in sandbox mode anything. */
  rules?: UrlRules;
  /** In place of the client's own total, where the other side is known to hold its answer back. */
  timeoutMilliseconds?: number;
};

export type HttpClientOptions = {
  /** Whom this client talks to, as logs call it. */
  name: string;
  guard: AddressGuard;
  connectTimeoutMilliseconds: number;
  /** From `send` to the last byte that is read, waiting for a place included. */
  totalTimeoutMilliseconds: number;
  /** Calls at a time, and calls that wait, in all; a publisher has no more of either than it leaves free. */
  maxInFlight: number;
  maxQueued: number;
  /** Calls at a time of one publisher's one account to one host; nothing means no limit of its own. */
  maxInFlightToOne?: number;
  maxResponseBytes: number;
  /** Per host, publisher and account; 10 straight failures and a probe after 60 s unless said. */
  breaker?: BreakerOptions;
  /** Certificates (PEM) trusted beside the usual authorities. */
  trustedCertificates?: readonly string[];
};

/** Whose call it is. Places are shared between publishers; a breaker is of one publisher's one account. */
export type Calling = {
  publisherId: number;
  /** What the publisher has at the other side, where it may have several at one host. */
  account?: string;
};

export type HttpClient = {
  readonly name: string;
  /** Never throws for the network; throws for a request that cannot be written (an invalid header). */
  send(request: HttpRequest): Promise<HttpOutcome>;
};

/** A way out that publishers share; nobody calls without saying for whom. */
export type SharedHttpClient = {
  readonly name: string;
  of(calling: Calling): HttpClient;
  /** Drops every connection; what is under way ends as lost. */
  close(): Promise<void>;
};

const defaultBreaker: BreakerOptions = { failures: 10, probeAfterMilliseconds: 60_000 };

/**
 * The only way out to addresses of others. Follows no redirect, keeps no cookie, reads no proxy setting from
 * the environment, connects only where the guard allows, and never repeats a request by itself.
 * A full share is `not_sent`: nothing was tried.
 */
export function createHttpClient(options: HttpClientOptions): SharedHttpClient {
  const agent = new Agent({
    connect: createGuardedConnector(options.guard, options),
    connections: options.maxInFlight,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const bulkhead = createBulkhead({
    places: options.maxInFlight,
    placesOfTarget: options.maxInFlightToOne ?? options.maxInFlight,
    queue: options.maxQueued,
  });
  const breakers = createBreakers(options.breaker ?? defaultBreaker);
  const { name, maxResponseBytes } = options;

  async function send({ publisherId, account = '' }: Calling, request: HttpRequest): Promise<HttpOutcome> {
    const checked = options.guard.checkUrl(
      request.url,
      request.rules ?? { allowHttp: options.guard.allowsLoopback },
    );
    if (!checked.ok) return notSent('address_blocked', checked.rule);
    const deadline = AbortSignal.timeout(request.timeoutMilliseconds ?? options.totalTimeoutMilliseconds);
    const caller = { owner: String(publisherId), target: `${account} ${checked.url.host}` };
    const call = () => exchange(agent, dispatchOptions(checked.url, request), { deadline, maxResponseBytes });
    try {
      return await bulkhead.run(caller, deadline, () =>
        breakers.run(`${caller.owner} ${caller.target}`, call),
      );
    } catch (error) {
      if (error instanceof NoPlace) return notSent('queue_full', error.message);
      throw error;
    }
  }

  return {
    name,
    of: (calling) => ({ name, send: (request) => send(calling, request) }),
    close: () => agent.destroy(),
  };
}

/** Headers that this client decides by itself; a caller's `host` would change the name that TLS asks for. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function dispatchOptions(url: URL, request: HttpRequest): Dispatcher.DispatchOptions {
  const headers: Record<string, string> = { 'user-agent': 'Leveret' };
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!ownHeaders.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method,
    headers,
    body: request.body ?? null,
  };
}
