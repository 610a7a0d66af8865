import { mayTakeOneMore } from './fair-share.ts';

/** Whose call it is, and where it goes: a provider's account, a host. */
export type Caller = { owner: string; target: string };

export type BulkheadOptions = {
  /** Calls at a time in all (as many again where many owners hang), and of one owner to one target. */
  places: number;
  placesOfTarget: number;
  /** Calls that wait for a place, in all, shared alike. */
  queue: number;
};

/** The call was not made: its owner's share of the queue is full, or its time was over before. */
export class NoPlace extends Error {
  override name = 'NoPlace';
}

export type Bulkhead = {
  /** Makes a call once it has a place; rejects with `NoPlace` where it was not made. */
  run<Result>(caller: Caller, deadline: AbortSignal, call: () => Promise<Result>): Promise<Result>;
};

type Waiting = { caller: Caller; begin(): void };

/**
 * Limits calls to others. Of places and queue an owner holds no more than stays free (`fair-share.ts`), and a
 * place goes to whoever holds the fewest, so that calls of one owner that hang leave room for the others; one
 * target of an owner leaves room for the owner's others.
 */
export function createBulkhead(options: BulkheadOptions): Bulkhead {
  const places = createPlaces(options);
  const queue = new Queue(options.queue);
  return {
    async run(caller, deadline, call) {
      if (deadline.aborted) throw new NoPlace('no place in time');
      if (places.mayTake(caller)) places.take(caller);
      else await queue.wait(caller, deadline, () => places.take(caller));
      try {
        return await call();
      } finally {
        places.giveBack(caller);
        for (let next = queue.findNext(places); next !== undefined; next = queue.findNext(places))
          next.begin();
      }
    },
  };
}

type Places = {
  mayTake(caller: Caller): boolean;
  take(caller: Caller): void;
  giveBack(caller: Caller): void;
  heldBy(owner: string): number;
};

function createPlaces(options: BulkheadOptions): Places {
  const byOwner = new Held();
  const byTarget = new Held();
  const count = ({ owner, target }: Caller, by: 1 | -1) => {
    byOwner.add(owner, by);
    byTarget.add(targetKey(owner, target), by);
  };
  return {
    mayTake: ({ owner, target }) =>
      byTarget.of(targetKey(owner, target)) < options.placesOfTarget &&
      mayTakeOneMore({ capacity: options.places, used: byOwner.all, held: byOwner.of(owner) }),
    take: (caller) => count(caller, 1),
    giveBack: (caller) => count(caller, -1),
    heldBy: (owner) => byOwner.of(owner),
  };
}

/** Calls that wait for a place, in the order of each owner. */
class Queue {
  readonly #capacity: number;
  readonly #byOwner = new Map<string, Waiting[]>();
  #waiting = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Resolves once `begin` has run; rejects where the owner's share is full, or its time is over before. */
  wait(caller: Caller, deadline: AbortSignal, begin: () => void): Promise<void> {
    const held = this.#byOwner.get(caller.owner)?.length ?? 0;
    if (!mayTakeOneMore({ capacity: this.#capacity, used: this.#waiting, held })) {
      return Promise.reject(new NoPlace('no place'));
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#remove(waiting);
      deadline.removeEventListener('abort', giveUp);
    };
    const giveUp = () => {
      leave();
      reject(new NoPlace('no place in time'));
    };
    const waiting: Waiting = {
      caller,
      begin() {
        leave();
        begin();
        resolve();
      },
    };
    this.#add(waiting);
    deadline.addEventListener('abort', giveUp);
    return promise;
  }

  /** Owners who hold the fewest places first, and of each the calls in their order. */
  findNext(places: Places): Waiting | undefined {
    const owners = [...this.#byOwner].sort(([one], [other]) => places.heldBy(one) - places.heldBy(other));
    for (const [, waiting] of owners) {
      const next = waiting.find(({ caller }) => places.mayTake(caller));
      if (next) return next;
    }
    return undefined;
  }

  #add(waiting: Waiting): void {
    const { owner } = waiting.caller;
    this.#byOwner.set(owner, [...(this.#byOwner.get(owner) ?? []), waiting]);
    this.#waiting += 1;
  }

  #remove(waiting: Waiting): void {
    const { owner } = waiting.caller;
    const left = (this.#byOwner.get(owner) ?? []).filter((one) => one !== waiting);
    if (left.length > 0) this.#byOwner.set(owner, left);
    else this.#byOwner.delete(owner);
    this.#waiting -= 1;
  }
}

function targetKey(owner: string, target: string): string {
  return `${owner}\n${target}`;
}

/** How much is held, in all and by each; who holds nothing has no entry. */
class Held {
  all = 0;
  readonly #byKey = new Map<string, number>();

  of(key: string): number {
    return this.#byKey.get(key) ?? 0;
  }

  add(key: string, count: number): void {
    this.all += count;
    const held = this.of(key) + count;
    if (held === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, held);
  }
}
