import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import type { HttpLimits } from './http-options.ts';

/** What is refused first when the node has too much to do: new work before reads, reads before notices. */
export type WorkClass = 'changes' | 'reads' | 'notices' | 'alwaysAnswers';

const shareOfPlaces: Record<Exclude<WorkClass, 'alwaysAnswers'>, number> = {
  changes: 0.8,
  reads: 0.9,
  notices: 1,
};

type Done = (error?: Error) => void;
type Hook = (request: FastifyRequest, reply: FastifyReply, done: Done) => void;

export type Gate = {
  /** A hook for the start of every request of a class; a refusal costs no more than its reply. */
  admit: (work: WorkClass) => Hook;
  /** A hook for the end of every request that was started, answered or not. */
  release: Hook;
  inFlight: () => number;
};

/** Counts requests in work, and refuses more when they or the event loop's delay pass their limits. */
export function createGate(limits: HttpLimits, eventLoopDelayMilliseconds: () => number): Gate {
  let inFlight = 0;
  return {
    inFlight: () => inFlight,
    admit(work) {
      if (work === 'alwaysAnswers') {
        return (_request, _reply, done) => {
          inFlight += 1;
          done();
        };
      }
      const places = Math.max(1, Math.floor(limits.inFlight * shareOfPlaces[work]));
      return (_request, _reply, done) => {
        inFlight += 1;
        if (inFlight <= places && eventLoopDelayMilliseconds() <= limits.eventLoopDelayMilliseconds) done();
        else done(new Problem('temporarily_unavailable', { retryAfterSeconds: 2 }));
      };
    },
    release(_request, _reply, done) {
      inFlight -= 1;
      done();
    },
  };
}
