import { ConnectionRefusal } from './guarded-connector.ts';

export type NotSentReason =
  | 'address_blocked'
  | 'breaker_open'
  | 'queue_full'
  | 'dns_failed'
  | 'connect_failed'
  | 'tls_failed';

/**
 * How a call ended. `not_sent`: it surely never reached the other side's application, so that sending it
 * again is safe. `unknown`: it may have been carried out, and only asking tells.
 */
export type HttpOutcome =
  | {
      kind: 'answered';
      status: number;
      headers: Readonly<Record<string, string>>;
      body: string;
      /** The body was longer than the client reads; the rest was dropped. */
      truncated: boolean;
      milliseconds: number;
    }
  | { kind: 'not_sent'; reason: NotSentReason; detail: string }
  | { kind: 'unknown'; reason: 'timeout' | 'connection_lost'; detail: string };

export function notSent(reason: NotSentReason, detail: string): HttpOutcome {
  return { kind: 'not_sent', reason, detail };
}

const tlsFailureCode = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_|EPROTO)/u;

/** Names a failure before the request was written. The detail carries codes only, never an address. */
export function describeConnectFailure(error: Error): HttpOutcome {
  if (error instanceof ConnectionRefusal) return notSent(error.reason, error.message);
  const code = errorCode(error);
  return notSent(tlsFailureCode.test(code) ? 'tls_failed' : 'connect_failed', code);
}

/** Names a failure after the request was written, wholly or in part. */
export function describeLostExchange(error: Error): HttpOutcome {
  return { kind: 'unknown', reason: 'connection_lost', detail: errorCode(error) };
}

function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
