import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Fault, Hits } from './faults.ts';

const slowMilliseconds = 5000;
const timeoutMilliseconds = 1000;

/**
 * Answers one HTTP request under the faults that hit it. `act` does the work and gives what is sent; it never
 * runs for error-500 and timeout-before. A timeout leaves the client without an answer: after a while the
 * connection is closed.
 */
export async function replyUnderFaults(
  hits: Hits,
  reply: FastifyReply,
  act: () => Promise<unknown>,
  error500: unknown,
): Promise<FastifyReply> {
  const before = hits.get('timeout-before');
  if (before) return leaveUnanswered(before, reply);
  if (hits.has('error-500')) return reply.code(500).send(error500);
  const answer = await act();
  const after = hits.get('timeout-after-success');
  if (after) return leaveUnanswered(after, reply);
  const slow = hits.get('slow');
  if (slow) await waitFor(slow, slowMilliseconds);
  return reply.send(answer);
}

/** Closes the client's connection without an answer, after the fault's time. */
export async function leaveUnanswered(fault: Fault, reply: FastifyReply): Promise<FastifyReply> {
  reply.hijack();
  await waitFor(fault, timeoutMilliseconds);
  reply.raw.destroy();
  return reply;
}

async function waitFor(fault: Fault, defaultMilliseconds: number): Promise<void> {
  // Real time, because it is the client's own timer that is being tried.
  await wait(fault.milliseconds ?? defaultMilliseconds, undefined, { ref: false });
}
