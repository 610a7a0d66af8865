import type { Clock } from './clock.ts';
import { type Heap, makeHeap } from './heap.ts';
import type { Journal } from './journal.ts';

type Work = { number: number; atMilliseconds: number; kind: string; payload: unknown };

const mostAtOnce = 64;
const longestTimerMilliseconds = 2 ** 31 - 1;
const earlier = (a: Work, b: Work) =>
  a.atMilliseconds === b.atMilliseconds ? a.number < b.number : a.atMilliseconds < b.atMilliseconds;

/**
 * Work promised for a sandbox time, kept in the journal until it is done, so that it survives a killed
 * process. Real timers run it when `realTime`; otherwise only `advance` does.
 */
export class DueWork {
  readonly #clock: Clock;
  readonly #realTime: boolean;
  readonly #promise: (work: Work) => void;
  readonly #finish: (number: number) => void;
  readonly #runners = new Map<string, (payload: unknown) => Promise<void>>();
  readonly #running = new Set<Promise<void>>();
  readonly #doneBeforeStart = new Set<number>();
  #heap: Heap<Work> = makeHeap(earlier);
  #lastNumber = 0;
  #timer: NodeJS.Timeout | undefined;
  #started = false;
  #advancing: Promise<void> | undefined;

  constructor(clock: Clock, journal: Journal, realTime: boolean) {
    this.#clock = clock;
    this.#realTime = realTime;
    this.#promise = journal.kind<Work>(
      'due',
      (work) => {
        this.#lastNumber = Math.max(this.#lastNumber, work.number);
        this.#heap.push(work);
      },
      () => this.#heap.items().filter((work) => !this.#doneBeforeStart.has(work.number)),
    );
    this.#finish = journal.kind<number>(
      'done',
      (number) => {
        if (!this.#started) this.#doneBeforeStart.add(number);
      },
      () => [],
    );
  }

  /** Declares a kind of work; the function it gives back promises one piece for a sandbox time. */
  kind<T>(name: string, runner: (payload: T) => Promise<void>): (atMilliseconds: number, payload: T) => void {
    // A piece of work of this name is only ever promised through the function below, with this type.
    this.#runners.set(name, (payload) => runner(payload as T));
    return (atMilliseconds, payload) => {
      this.#promise({ number: this.#lastNumber + 1, atMilliseconds, kind: name, payload });
      if (this.#heap.peek()?.number === this.#lastNumber) this.#arm();
    };
  }

  /** Drops promised work of one kind. */
  cancel<T>(kind: string, unwanted: (payload: T) => boolean): void {
    const drop = (work: Work) => work.kind === kind && unwanted(work.payload as T);
    const items = this.#heap.items();
    for (const work of items.filter(drop)) this.#finish(work.number);
    this.#heap = makeHeap(
      earlier,
      items.filter((work) => !drop(work)),
    );
  }

  /** Starts the real timers; nothing runs before. */
  start(): void {
    const waiting = this.#heap.items().filter((work) => !this.#doneBeforeStart.has(work.number));
    this.#heap = makeHeap(earlier, waiting);
    this.#doneBeforeStart.clear();
    this.#started = true;
    this.#arm();
  }

  /**
   * Moves sandbox time forward and runs what becomes due, one piece after the other in order of time; tells
   * how many ran. `moveOthers` hears before each piece how many whole seconds have passed, so other clocks
   * keep step.
   */
  advance(seconds: number, moveOthers: (passedSeconds: number) => Promise<void>): Promise<number> {
    const former = this.#advancing ?? Promise.resolve();
    const mine = former.then(() => this.#step(seconds * 1000, moveOthers));
    const settled: Promise<void> = mine
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        if (this.#advancing !== settled) return;
        this.#advancing = undefined;
        this.#arm();
      });
    this.#advancing = settled;
    return mine;
  }

  forget(): void {
    this.#heap = makeHeap(earlier);
  }

  async stop(): Promise<void> {
    this.#started = false;
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#running);
  }

  async #step(milliseconds: number, moveOthers: (passedSeconds: number) => Promise<void>): Promise<number> {
    await Promise.all(this.#running);
    let left = milliseconds;
    let ran = 0;
    for (;;) {
      const next = this.#heap.peek();
      const wait = Math.max(0, (next?.atMilliseconds ?? Infinity) - this.#clock.now());
      if (!next || wait > left) break;
      this.#heap.pop();
      this.#clock.moveForward(wait);
      left -= wait;
      await moveOthers(Math.floor((milliseconds - left) / 1000));
      await this.#run(next);
      ran += 1;
    }
    this.#clock.moveForward(left);
    await moveOthers(Math.floor(milliseconds / 1000));
    return ran;
  }

  async #run(work: Work): Promise<void> {
    try {
      await this.#runners.get(work.kind)?.(work.payload);
    } catch (error) {
      console.error(`sandbox: ${work.kind} failed`, error);
    }
    this.#finish(work.number);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#heap.peek();
    if (!next || !this.#mayRun()) return;
    const due = Math.max(0, next.atMilliseconds - this.#clock.now());
    this.#timer = setTimeout(() => this.#runDue(), Math.min(longestTimerMilliseconds, due));
  }

  #mayRun(): boolean {
    return this.#started && this.#realTime && !this.#advancing && this.#running.size < mostAtOnce;
  }

  #runDue(): void {
    while (this.#mayRun() && (this.#heap.peek()?.atMilliseconds ?? Infinity) <= this.#clock.now()) {
      const work = this.#heap.pop();
      if (!work) break;
      const piece = this.#run(work).finally(() => {
        this.#running.delete(piece);
        this.#runDue();
      });
      this.#running.add(piece);
    }
    this.#arm();
  }
}
