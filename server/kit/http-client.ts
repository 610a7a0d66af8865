import { bulkhead, isBulkheadRejectedError, isTaskCancelledError } from 'cockatiel';
import { Agent, type Dispatcher } from 'undici';
import type { AddressGuard, UrlRules } from './address-guard.ts';
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
  maxInFlight: number;
  maxQueued: number;
  maxResponseBytes: number;
  /** Per host; 10 straight failures and a probe after 60 s unless said. */
  breaker?: BreakerOptions;
  /** Certificates (PEM) trusted beside the usual authorities. */
  trustedCertificates?: readonly string[];
};

export type HttpClient = {
  readonly name: string;
  /** Never throws for the network; throws for a request that cannot be written (an invalid header). */
  send(request: HttpRequest): Promise<HttpOutcome>;
  /** Drops every connection; what is under way ends as lost. */
  close(): Promise<void>;
};

const defaultBreaker: BreakerOptions = { failures: 10, probeAfterMilliseconds: 60_000 };

/**
 * The only way out to addresses of others. Follows no redirect, keeps no cookie, reads no proxy setting from
 * the environment, connects only where the guard allows, and never repeats a request by itself.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const agent = new Agent({
    connect: createGuardedConnector(options.guard, options),
    connections: options.maxInFlight,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const places = bulkhead(options.maxInFlight, options.maxQueued);
  const breakers = createBreakers(options.breaker ?? defaultBreaker);
  const { maxResponseBytes } = options;

  return {
    name: options.name,
    async send(request) {
      const checked = options.guard.checkUrl(
        request.url,
        request.rules ?? { allowHttp: options.guard.allowsLoopback },
      );
      if (!checked.ok) return notSent('address_blocked', checked.rule);
      const deadline = AbortSignal.timeout(request.timeoutMilliseconds ?? options.totalTimeoutMilliseconds);
      const call = () =>
        exchange(agent, dispatchOptions(checked.url, request), { deadline, maxResponseBytes });
      try {
        return await places.execute(() => breakers.run(checked.url.host, call), deadline);
      } catch (error) {
        if (isBulkheadRejectedError(error)) return notSent('queue_full', 'no place');
        if (isTaskCancelledError(error)) return notSent('queue_full', 'no place in time');
        throw error;
      }
    },
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
