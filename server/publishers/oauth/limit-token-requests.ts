import type { RateAnswer, RateLimiter } from '../../kit/rate-limit.ts';
import type { Client } from '../publisher.ts';

const failures = { perSecond: 20, perMinute: 60 };

export type TokenLimits = {
  /** The refusal where there were too many failures before, or nothing. */
  refusal(): RateAnswer | undefined;
  /** Counts what came of the request. */
  count(status: number): RateAnswer | undefined;
};

/**
 * The token endpoint's own limits. Failures of a known client are counted by client and address, so that a
 * site with an old secret shuts out only itself, also behind a load balancer; all others by address.
 */
export function limitTokenRequests(
  rateLimiter: RateLimiter,
  caller: { client: Client | undefined; address: string },
): TokenLimits {
  const known = caller.client ? ` ${caller.client.clientId}` : '';
  const key = `token failures ${caller.address}${known}`;
  return {
    refusal() {
      const before = rateLimiter.look(key, failures);
      if (!before.allowed) return before;
      const limit = caller.client?.settings.rateLimit;
      if (!caller.client || !limit) return undefined;
      const calls = rateLimiter.look(`tokens ${caller.client.clientId}`, limit);
      return calls.allowed ? undefined : calls;
    },
    count(status) {
      // What failed on our side is no guess of the caller's.
      if (status >= 500) return undefined;
      if (status >= 400) return rateLimiter.take(key, failures);
      const limit = caller.client?.settings.rateLimit;
      return caller.client && limit ? rateLimiter.take(`tokens ${caller.client.clientId}`, limit) : undefined;
    },
  };
}
