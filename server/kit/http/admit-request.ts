import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayTakeOneMore } from '../fair-share.ts';
import { Problem } from '../problem.ts';
import type { HttpLimits } from './http-options.ts';

/** What is refused first when the node has too much to do: new work before reads, reads before notices. */
export type WorkClass = 'changes' | 'reads' | 'notices' | 'alwaysAnswers';

const shareOfPlaces: Record<WorkClass, number> = {
  changes: 0.8,
  reads: 0.9,
  notices: 1,
  alwaysAnswers: Number.POSITIVE_INFINITY,
};

type Done = (error?: Error) => void;
type Hook = (request: FastifyRequest, reply: FastifyReply, done: Done) => void;

export type Admission = {
  /** A hook for the start of every request of a class; a refusal costs no more than its reply. */
  admit: (work: WorkClass) => Hook;
  /**
   * Counts an admitted request for the publisher whose it turns out to be; false where the publisher has as
   * many in work as it may, so that a flood of one leaves places for the others.
   */
  countFor: (publisherId: number, reply: FastifyReply) => boolean;
  inFlight: () => number;
  /** Ends the watch over requests that take too long. */
  close: () => void;
};

export type AdmissionOptions = {
  limits: HttpLimits;
  eventLoopDelayMilliseconds: () => number;
  /** Called when a request has ended, whether it was answered or its caller left. */
  ended: (request: FastifyRequest, reply: FastifyReply) => void;
};

/**
 * Counts requests in work, refuses more when they or the event loop's delay pass their limits, and answers
 * those that take too long. One watch over all requests costs less than the framework's timer for each.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const { limits } = options;
  const open = new Map<FastifyReply, number | undefined>();
  const held = new Map<number, number>();
  const watch = setInterval(
    () => answerLate(open, limits.handlerMilliseconds),
    Math.min(1000, Math.ceil(limits.handlerMilliseconds / 4)),
  );
  watch.unref();

  function leave(reply: FastifyReply): void {
    const publisherId = open.get(reply);
    open.delete(reply);
    if (publisherId === undefined) return;
    const left = (held.get(publisherId) ?? 0) - 1;
    if (left > 0) held.set(publisherId, left);
    else held.delete(publisherId);
  }

  return {
    inFlight: () => open.size,
    close: () => clearInterval(watch),
    countFor(publisherId, reply) {
      const own = held.get(publisherId) ?? 0;
      const others = { capacity: limits.inFlight, used: open.size - 1, held: own };
      // The caller may have left while its token was looked up; nobody would give its place back.
      if (!open.has(reply)) return true;
      if (!mayTakeOneMore(others)) return false;
      open.set(reply, publisherId);
      held.set(publisherId, own + 1);
      return true;
    },
    admit(work) {
      const places = Math.max(1, Math.floor(limits.inFlight * shareOfPlaces[work]));
      const mostDelay =
        work === 'alwaysAnswers' ? Number.POSITIVE_INFINITY : limits.eventLoopDelayMilliseconds;
      return (request, reply, done) => {
        open.set(reply, undefined);
        // The framework's own hook for the end is not called where the caller leaves.
        reply.raw.on('close', () => {
          leave(reply);
          options.ended(request, reply);
        });
        if (open.size <= places && options.eventLoopDelayMilliseconds() <= mostDelay) done();
        else done(new Problem('temporarily_unavailable', { retryAfterSeconds: 2 }));
      };
    },
  };
}

/** A request whose handler took too long; what it does may still be done. */
export class HandlerTooSlow extends Error {
  override name = 'HandlerTooSlow';
}

function answerLate(open: ReadonlyMap<FastifyReply, unknown>, handlerMilliseconds: number): void {
  const latest = performance.now() - handlerMilliseconds;
  for (const reply of open.keys()) {
    // Requests stand in the order of their start.
    if (reply.request.startedAtMilliseconds > latest) return;
    if (!reply.sent) reply.send(new HandlerTooSlow('the handler took too long'));
  }
}
