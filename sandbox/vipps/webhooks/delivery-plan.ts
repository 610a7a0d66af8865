const giveUpAfterMilliseconds = 7 * 24 * 3_600_000;
const lastHourlyAttempt = 29;

/**
 * Seconds until the next try after a failed one, or nothing after seven days: four times 2 s, a minute, two
 * minutes, hourly up to the 29th try, then daily. Source: Webhooks API, "Retries".
 */
export function afterSeconds(attempt: number, sinceFirstMilliseconds: number): number | undefined {
  const gap = gapAfter(attempt);
  return sinceFirstMilliseconds + gap * 1000 > giveUpAfterMilliseconds ? undefined : gap;
}

function gapAfter(attempt: number): number {
  if (attempt <= 4) return 2;
  if (attempt <= 6) return (attempt - 4) * 60;
  return attempt < lastHourlyAttempt ? 3600 : 86_400;
}
