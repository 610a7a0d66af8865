import type { FastifyReply, FastifyRequest } from 'fastify';
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

export type Gate = {
  /** A hook for the start of every request of a class; a refusal costs no more than its reply. */
  admit: (work: WorkClass) => Hook;
  inFlight: () => number;
  /** Ends the watch over requests that take too long. */
  close: () => void;
};

export type GateOptions = {
  limits: HttpLimits;
  eventLoopDelayMilliseconds: () => number;
  /** Called when a request has ended, whether it was answered or its caller left. */
  ended: (request: FastifyRequest, reply: FastifyReply) => void;
};

/**
 * Counts requests in work, refuses more when they or the event loop's delay pass their limits, and answers
 * those that take too long. One watch over all requests costs less than the framework's timer for each.
 */
export function createGate(options: GateOptions): Gate {
  const { limits } = options;
  const open = new Set<FastifyReply>();
  const watch = setInterval(
    () => answerLate(open, limits.handlerMilliseconds),
    Math.min(1000, Math.ceil(limits.handlerMilliseconds / 4)),
  );
  watch.unref();
  return {
    inFlight: () => open.size,
    close: () => clearInterval(watch),
    admit(work) {
      const places = Math.max(1, Math.floor(limits.inFlight * shareOfPlaces[work]));
      const mostDelay =
        work === 'alwaysAnswers' ? Number.POSITIVE_INFINITY : limits.eventLoopDelayMilliseconds;
      return (request, reply, done) => {
        open.add(reply);
        // The framework's own hook for the end is not called where the caller leaves.
        reply.raw.on('close', () => {
          open.delete(reply);
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

function answerLate(open: ReadonlySet<FastifyReply>, handlerMilliseconds: number): void {
  const latest = performance.now() - handlerMilliseconds;
  for (const reply of open) {
    // Requests stand in the order of their start.
    if (reply.request.startedAtMilliseconds > latest) return;
    if (!reply.sent) reply.send(new HandlerTooSlow('the handler took too long'));
  }
}
