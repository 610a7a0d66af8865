import { connectDemoClient, type JsonValue } from './demo-client.ts';
import { until } from './until.ts';

export type Acknowledged = {
  status: number;
  body: Record<string, JsonValue>;
  replayed: boolean;
  tries: number;
};

/** A publisher's site that never gives up: the same request with the same key, until somebody answers. */
export type StubbornClient = {
  post(path: string, body: unknown, key?: string): Promise<Acknowledged>;
};

const patienceMilliseconds = 120_000;
const pauseMilliseconds = 150;
const tryMilliseconds = 10_000;

/** Goes round the addresses: a node that does not answer is followed by the next one. */
export async function connectStubbornClient(addresses: readonly string[]): Promise<StubbornClient> {
  let turn = 0;
  const nextAddress = () => addresses[turn++ % addresses.length] ?? '';
  const fetchToken = () =>
    until(
      'a token',
      () =>
        connectDemoClient(nextAddress()).then(
          (client) => client.token,
          () => undefined,
        ),
      patienceMilliseconds,
      pauseMilliseconds,
    );
  let token = await fetchToken();
  return {
    async post(path, body, key) {
      let tries = 0;
      const ask = async () => {
        tries += 1;
        const headers = {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        };
        const content = body === undefined ? {} : { body: JSON.stringify(body) };
        const reply = await answerOf(nextAddress() + path, { method: 'POST', headers, ...content });
        if (reply?.status !== 401) return reply;
        // Tokens end by the clock, which tests move.
        token = await fetchToken();
        return undefined;
      };
      const reply = await until(`an answer to ${path}`, ask, patienceMilliseconds, pauseMilliseconds);
      return { ...reply, tries };
    },
  };
}

/**
 * Nothing for what a client tries again: no answer, a node in trouble, or the first request still running.
 */
async function answerOf(url: string, init: RequestInit): Promise<Omit<Acknowledged, 'tries'> | undefined> {
  try {
    const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(tryMilliseconds) });
    const text = await reply.text();
    const body: Record<string, JsonValue> = JSON.parse(text);
    const mayRetry = reply.status >= 500 || body['code'] === 'request_is_running';
    if (mayRetry) return undefined;
    return { status: reply.status, body, replayed: reply.headers.has('idempotency-replayed') };
  } catch {
    return undefined;
  }
}
