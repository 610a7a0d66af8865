export type RateLimit = { perSecond: number; perMinute: number };

/** What is left of the minute, for the headers; a refusal says when to try again. */
export type RateAnswer = {
  allowed: boolean;
  remaining: number;
  resetSeconds: number;
  retryAfterSeconds: number;
};

export type RateLimiter = {
  /** Counts one call of the key against its limit, unless it is refused. */
  take(key: string, limit: RateLimit): RateAnswer;
  /** Answers as `take` would, and counts nothing. */
  look(key: string, limit: RateLimit): RateAnswer;
};

type Windows = { second: number; inSecond: number; minute: number; inMinute: number };

const mostKeys = 20_000;

/**
 * Fixed windows of a second and a minute for each key, in the memory of this node. Every node takes its share
 * of the limit, so the limit of all is divided by the number of live nodes (at least one call a window).
 */
export function createRateLimiter(options: { now(): number; liveNodes(): number }): RateLimiter {
  const counts = new Map<string, Windows>();

  function windowsOf(key: string, second: number, minute: number): Windows {
    let windows = counts.get(key);
    if (!windows) {
      if (counts.size >= mostKeys) forgetOldest(counts);
      windows = { second, inSecond: 0, minute, inMinute: 0 };
      counts.set(key, windows);
    }
    if (windows.second !== second) Object.assign(windows, { second, inSecond: 0 });
    if (windows.minute !== minute) Object.assign(windows, { minute, inMinute: 0 });
    return windows;
  }

  function answer(key: string, limit: RateLimit, cost: 0 | 1): RateAnswer {
    const milliseconds = options.now();
    const second = Math.floor(milliseconds / 1000);
    const minute = Math.floor(second / 60);
    const windows = windowsOf(key, second, minute);
    const share = Math.max(1, options.liveNodes());
    const perMinute = Math.max(1, Math.floor(limit.perMinute / share));
    const perSecond = Math.max(1, Math.floor(limit.perSecond / share));
    const resetSeconds = 60 - (second % 60);
    const minuteIsFull = windows.inMinute >= perMinute;
    const allowed = !minuteIsFull && windows.inSecond < perSecond;
    if (allowed) {
      windows.inSecond += cost;
      windows.inMinute += cost;
    }
    return {
      allowed,
      remaining: Math.max(0, perMinute - windows.inMinute),
      resetSeconds,
      retryAfterSeconds: minuteIsFull ? resetSeconds : 1,
    };
  }

  return { take: (key, limit) => answer(key, limit, 1), look: (key, limit) => answer(key, limit, 0) };
}

/** A flood of new keys may not grow the memory; the tenth that was seen first is forgotten. */
function forgetOldest(counts: Map<string, Windows>): void {
  let toForget = mostKeys / 10;
  for (const key of counts.keys()) {
    if (toForget === 0) return;
    counts.delete(key);
    toForget -= 1;
  }
}
