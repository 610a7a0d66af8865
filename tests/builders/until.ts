/**
 * Asks until the answer is there, and then gives it. For what happens in the background: it waits for a
 * condition, never for a time, and fails with `what` after the deadline.
 */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false | null>,
  deadlineMilliseconds = 15_000,
  pauseMilliseconds = 20,
): Promise<Answer> {
  const endsAt = Date.now() + deadlineMilliseconds;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > endsAt) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
}

/** Lets a moment pass, so that load or kills are spread over time; never to wait for something. */
export function letPass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
