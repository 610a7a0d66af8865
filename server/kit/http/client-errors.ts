import type { Socket } from 'node:net';
import { Problem, problemBody } from '../problem.ts';
import type { ProblemCode } from '../problem-codes.ts';
import { newRequestId } from './request-id.ts';

const phrases = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
} as const;

/**
 * Answers a connection whose bytes are not a request that the parser of HTTP accepts. There is no request to
 * reply to, so the answer is written to the socket, which ends with it.
 */
export function answerClientError(error: Error, socket: Socket, docsBase: string): void {
  if (!socket.writable || ('code' in error && error.code === 'ECONNRESET')) {
    socket.destroy();
    return;
  }
  const problem = new Problem(codeOf(error));
  const requestId = newRequestId();
  const body = JSON.stringify(problemBody(problem, requestId, docsBase));
  const phrase = phrases[problem.status as keyof typeof phrases];
  const head = [
    `HTTP/1.1 ${problem.status} ${phrase}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function codeOf(error: Error): ProblemCode {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_are_too_large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_took_too_long';
  return 'request_is_malformed';
}
