import { Problem } from '../problem.ts';
import type { RateLimit, RateLimiter } from '../rate-limit.ts';
import type { CallerRules } from './answer-api.ts';
import type { ApiCaller, ApiUser, Method } from './route-table.ts';

type ReaderRow = { method: Method; endpoint: { changes?: boolean } };
type Reader = Pick<ApiCaller, 'clientId' | 'settings'> & ApiUser;

/** One reader may use so many parts of what their site may, so that nobody's token shuts out the others. */
const partsOfSite = 10;

/**
 * What holds for a reader's call beside what holds for the site by which it comes. A login link that is not
 * new reads; to change something in the reader's name takes a login by code.
 */
export function createReaderRules(
  row: ReaderRow,
  rateLimiter: Pick<RateLimiter, 'take'>,
): CallerRules<Reader> {
  const isChange = changesSomething(row);
  return {
    takeShare: ({ clientId, settings: { rateLimit }, user }) =>
      rateLimit === null
        ? undefined
        : rateLimiter.take(`${clientId} reader ${user.accountId}`, shareOf(rateLimit)),
    refuse: ({ user }) =>
      isChange && user.strength !== 'code' ? new Problem('fresh_login_required') : undefined,
  };
}

/** A POST says whether it changes anything; some only ask. */
export function changesSomething({ method, endpoint }: ReaderRow): boolean {
  return method === 'POST' ? endpoint.changes === true : method !== 'GET';
}

function shareOf({ perSecond, perMinute }: RateLimit): RateLimit {
  return { perSecond: Math.ceil(perSecond / partsOfSite), perMinute: Math.ceil(perMinute / partsOfSite) };
}
