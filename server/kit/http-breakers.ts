import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  isBrokenCircuitError,
} from 'cockatiel';
import { type HttpOutcome, notSent } from './http-outcome.ts';

export type BreakerOptions = { failures: number; probeAfterMilliseconds: number };

export type Breakers = { run(target: string, call: () => Promise<HttpOutcome>): Promise<HttpOutcome> };

/** More failing targets than this are forgotten from the oldest on. */
const maxTargets = 10_000;

/**
 * A breaker per target: after so many straight failures calls are not sent, until one probe succeeds. One
 * without failures has no entry, so that memory follows the trouble and not the traffic.
 */
export function createBreakers(options: BreakerOptions): Breakers {
  const byTarget = new Map<string, CircuitBreakerPolicy>();

  function findOrAdd(target: string): CircuitBreakerPolicy {
    const known = byTarget.get(target);
    if (known) return known;
    const added = circuitBreaker(handleWhenResult(isFailure), {
      breaker: new ConsecutiveBreaker(options.failures),
      halfOpenAfter: options.probeAfterMilliseconds,
    });
    byTarget.set(target, added);
    const oldest = byTarget.size > maxTargets ? byTarget.keys().next().value : undefined;
    if (oldest !== undefined) byTarget.delete(oldest);
    return added;
  }

  return {
    async run(target, call) {
      const breaker = findOrAdd(target);
      // The library lets others wait for the probe's end; here they are free to do something else.
      if (breaker.state === CircuitState.HalfOpen) return notSent('breaker_open', 'a probe is running');
      try {
        const outcome = await breaker.execute(call);
        if (!isFailure(outcome)) byTarget.delete(target);
        return outcome;
      } catch (error) {
        if (isBrokenCircuitError(error)) return notSent('breaker_open', 'too many failures');
        throw error;
      }
    },
  };
}

function isFailure(result: unknown): boolean {
  const outcome = result as HttpOutcome;
  switch (outcome.kind) {
    case 'answered':
      return outcome.status >= 500;
    case 'not_sent':
      return outcome.reason !== 'address_blocked';
    case 'unknown':
      return true;
  }
}
