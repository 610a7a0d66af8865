import type { NewJob } from './work-queue/work.ts';

/** An event as the runner sees it: a name, and whose it is. */
export type AnyEvent = { readonly name: string; readonly publisherId: number; readonly orderId?: number };

/** Runs in the reporting transaction, once for all events of one name: database effects only. */
export type NowStep<Context, Transaction, Event extends AnyEvent> = {
  stepName: string;
  /** Every event that the step may report; a cycle through these is refused at start. */
  reports: readonly string[];
  run(context: Context, transaction: Transaction, events: readonly Event[]): Promise<void>;
};

/** Names the job that follows, or nothing where the event gives this step nothing to do. */
export type LaterStep<Event extends AnyEvent> = {
  stepName: string;
  jobFor(event: Event): NewJob | undefined;
};

export type Steps<Context, Transaction, Event extends AnyEvent> = {
  /** False where the fact already stands in a row of its own, so that the log need not repeat it. */
  readonly logged: boolean;
  readonly now: readonly NowStep<Context, Transaction, Event>[];
  readonly later: readonly LaterStep<Event>[];
};

/** A table with a line for each event of a closed union; a forgotten event does not compile. */
export type Journey<Context, Transaction, Event extends AnyEvent> = {
  readonly [Name in Event['name']]: Steps<Context, Transaction, Extract<Event, { name: Name }>>;
};

type LooseStep<Context, Transaction> = NowStep<Context, Transaction, AnyEvent>;
type LooseSteps<Context, Transaction> = {
  logged: boolean;
  now: readonly LooseStep<Context, Transaction>[];
  later: readonly LaterStep<AnyEvent>[];
};

export type JourneyRunner<Context, Transaction> = (
  context: Context,
  transaction: Transaction,
  events: readonly AnyEvent[],
) => Promise<void>;

/**
 * Makes the function behind `transaction.report`: runs the events' `now` steps in the same transaction, set
 * by set, and enqueues their `later` jobs. The log is written at the end of the first report, by one
 * statement, in the order in which things happened. Throws at once when the table has a cycle.
 */
export function createJourneyRunner<Context, Transaction extends object, Event extends AnyEvent>(
  journey: Journey<Context, Transaction, Event>,
  effects: {
    log(transaction: Transaction, events: readonly AnyEvent[]): Promise<void>;
    enqueue(transaction: Transaction, jobs: readonly NewJob[]): Promise<void>;
  },
): JourneyRunner<Context, Transaction> {
  const table = new Map(Object.entries<LooseSteps<Context, Transaction>>(journey as never));
  refuseCycles(table);
  const happened = new WeakMap<Transaction, AnyEvent[]>();

  const run: JourneyRunner<Context, Transaction> = async (context, transaction, events) => {
    const first = happened.get(transaction);
    const log = first ?? [];
    if (!first) happened.set(transaction, log);
    log.push(...events.filter((event) => stepsFor(table, event.name).logged));
    try {
      await follow(context, transaction, events);
    } finally {
      if (!first) happened.delete(transaction);
    }
    if (!first && log.length > 0) await effects.log(transaction, log);
  };

  async function follow(
    context: Context,
    transaction: Transaction,
    events: readonly AnyEvent[],
  ): Promise<void> {
    for (const [name, group] of Map.groupBy(events, (event) => event.name)) {
      for (const step of stepsFor(table, name).now) await step.run(context, transaction, group);
    }
    const jobs = events.flatMap((event) =>
      stepsFor(table, event.name).later.flatMap((step) => step.jobFor(event) ?? []),
    );
    if (jobs.length > 0) await effects.enqueue(transaction, jobs);
  }

  return run;
}

function stepsFor<Context, Transaction>(
  table: ReadonlyMap<string, LooseSteps<Context, Transaction>>,
  name: string,
): LooseSteps<Context, Transaction> {
  const steps = table.get(name);
  if (!steps) throw new Error(`the event '${name}' has no line in the journey`);
  return steps;
}

function refuseCycles<Context, Transaction>(
  table: ReadonlyMap<string, LooseSteps<Context, Transaction>>,
): void {
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) throw new Error(`the journey goes in a circle: ${[...path, name].join(' -> ')}`);
    if (finished.has(name)) return;
    for (const step of stepsFor(table, name).now) {
      for (const next of step.reports) visit(next, [...path, name]);
    }
    finished.add(name);
  };
  for (const name of table.keys()) visit(name, []);
}
