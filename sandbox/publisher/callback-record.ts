import type { Journal } from '../kit/journal.ts';

/** A request that the publisher's site got; `answered` is the status it was given, or null for none. */
export type Callback = {
  method: string;
  path: string;
  url: string;
  query: unknown;
  headers: unknown;
  body: string;
  receivedAt: string;
  answered: number | null;
};

export type CallbackRecord = {
  add(callback: Callback): void;
  /**
   * `{"callbacks":[…]}`, oldest first: those after a number, under a path, and of these the newest `limit`.
   */
  listJson(wanted: { after: number; limit: number; path: string }): string;
  forget(): void;
};

type Kept = { number: number; path: string; json: string };

/**
 * The newest callbacks, `mostKept` of them. Each is kept as one piece of text: in a load test memory is what
 * counts.
 */
export function openCallbackRecord(journal: Journal, mostKept = 200_000): CallbackRecord {
  let kept: Kept[] = [];
  const keep = journal.kind<Kept>(
    'callback',
    (callback) => {
      kept.push(callback);
      if (kept.length > mostKept * 1.1) kept = kept.slice(-mostKept);
    },
    () => kept,
  );
  return {
    add(callback) {
      const number = (kept.at(-1)?.number ?? 0) + 1;
      keep({ number, path: callback.path, json: JSON.stringify({ number, ...callback }) });
    },
    listJson({ after, limit, path }) {
      const wanted = kept
        .slice(-mostKept)
        .filter((callback) => callback.number > after && callback.path.startsWith(path))
        .map((callback) => callback.json);
      const newest = wanted.slice(Math.max(0, wanted.length - limit));
      return `{"callbacks":[${newest.join(',')}]}`;
    },
    forget() {
      kept = [];
    },
  };
}
