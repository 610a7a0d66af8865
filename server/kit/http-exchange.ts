import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, errors } from 'undici';
import { describeConnectFailure, describeLostExchange, type HttpOutcome, notSent } from './http-outcome.ts';

type Handler = Required<
  Pick<
    Dispatcher.DispatchHandler,
    'onRequestStart' | 'onResponseStart' | 'onResponseData' | 'onResponseEnd' | 'onResponseError'
  >
>;

/**
 * One request and its answer. Uses the dispatcher's own events, because only they tell whether the request
 * was written to a connection before it failed: that divides `not_sent` from `unknown`.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limits: { deadline: AbortSignal; maxResponseBytes: number },
): Promise<HttpOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpOutcome>();
  const startedAt = performance.now();
  const answer = { status: 0, headers: {}, chunks: new Array<Buffer>(), bytes: 0 };
  let written: Dispatcher.DispatchController | undefined;
  let isOver = false;

  function end(outcome: HttpOutcome): void {
    isOver = true;
    limits.deadline.removeEventListener('abort', endLate);
    resolve(outcome);
  }

  function endLate(): void {
    if (!written) return end(notSent('connect_failed', 'deadline'));
    end({
      kind: 'unknown',
      reason: 'timeout',
      detail: answer.status === 0 ? 'no answer' : 'answer cut short',
    });
    written.abort(new Error('deadline'));
  }

  function endAnswered(truncated: boolean): void {
    const body = new TextDecoder().decode(Buffer.concat(answer.chunks).subarray(0, limits.maxResponseBytes));
    const { status, headers } = answer;
    const milliseconds = Math.round(performance.now() - startedAt);
    end({ kind: 'answered', status, headers, body, truncated, milliseconds });
  }

  const handler: Handler = {
    onRequestStart(controller) {
      // Nothing is written yet: a request whose time ran out while connecting must never be sent.
      if (isOver) controller.abort(new Error('deadline'));
      else written = controller;
    },
    onResponseStart(_controller, status, headers) {
      answer.status = status;
      answer.headers = plainHeaders(headers);
    },
    onResponseData(controller, chunk) {
      if (isOver) return;
      answer.chunks.push(chunk);
      answer.bytes += chunk.length;
      if (answer.bytes <= limits.maxResponseBytes) return;
      endAnswered(true);
      controller.abort(new Error('more than is read'));
    },
    onResponseEnd: () => endAnswered(false),
    onResponseError(_controller, error) {
      if (isOver) return;
      if (error instanceof errors.InvalidArgumentError) reject(error);
      end(written ? describeLostExchange(error) : describeConnectFailure(error));
    },
  };

  limits.deadline.addEventListener('abort', endLate);
  if (limits.deadline.aborted) endLate();
  else dispatcher.dispatch(request, handler);
  return promise;
}

/** One value per name; cookies are dropped, since no call may depend on an earlier one. */
function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'set-cookie') continue;
    plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
