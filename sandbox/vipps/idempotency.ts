import { createHash } from 'node:crypto';
import type { Answer } from './answer.ts';
import type { Shelf } from './shelf.ts';

/** The answer that stands for a key from now on, and for which request. */
export type Pinned = { key: string; print: string; answer: Answer };

/** What tells one request of a key from another. */
export function printOf(method: string, url: string, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('base64');
}

/**
 * Runs a request once for each key: the same request is answered as before, refusals included, and another
 * one under the same key is a conflict.
 */
export function answerOnce(
  pinned: Shelf<Pinned>,
  request: { key: string | undefined; print: string },
  act: () => Answer,
  conflict: () => Answer,
): Answer {
  const { key, print } = request;
  if (key === undefined) return act();
  const former = pinned.get(key);
  if (former) return former.print === print ? former.answer : conflict();
  const answer = act();
  pinned.put({ key, print, answer });
  return answer;
}
