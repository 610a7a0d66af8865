import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnyEvent, createJourneyRunner, type Journey, type NowStep } from './journey-runner.ts';
import type { NewJob } from './work-queue/work.ts';

type Tea = { name: 'tea made'; publisherId: number };
type Drunk = { name: 'tea drunk'; publisherId: number };
type Written = { steps: string[]; logged: string[]; jobs: string[] };

function step(stepName: string, reports: readonly string[] = []): NowStep<Written, object, AnyEvent> {
  return {
    stepName,
    reports,
    run: async (written, _transaction, events) => {
      written.steps.push(`${stepName} ×${events.length}`);
    },
  };
}

function runnerOf(journey: Journey<Written, object, Tea | Drunk>, written: Written) {
  return createJourneyRunner(journey, {
    log: async (_transaction: object, events) => {
      written.logged.push(...events.map((event) => event.name));
    },
    enqueue: async (_transaction, jobs: readonly NewJob[]) => {
      written.jobs.push(...jobs.map((job) => job.name));
    },
  });
}

test('now steps run once for all events of a name, and later jobs are enqueued together', async () => {
  const written: Written = { steps: [], logged: [], jobs: [] };
  const wash = {
    stepName: 'wash',
    jobFor: (event: AnyEvent) => (event.publisherId === 1 ? { name: 'wash', arguments: {} } : undefined),
  };
  const run = runnerOf(
    {
      'tea made': { logged: true, now: [step('pour'), step('serve')], later: [wash] },
      'tea drunk': { logged: false, now: [], later: [] },
    },
    written,
  );
  await run(written, {}, [
    { name: 'tea made', publisherId: 1 },
    { name: 'tea drunk', publisherId: 1 },
    { name: 'tea made', publisherId: 2 },
  ]);
  assert.deepEqual(written, {
    steps: ['pour ×2', 'serve ×2'],
    logged: ['tea made', 'tea made'],
    jobs: ['wash'],
  });
});

test('a circle is refused at start and named', () => {
  const circular = {
    'tea made': { logged: true, now: [step('drink', ['tea drunk'])], later: [] },
    'tea drunk': { logged: true, now: [step('make', ['tea made'])], later: [] },
  };
  const written: Written = { steps: [], logged: [], jobs: [] };
  assert.throws(() => runnerOf(circular, written), /tea made -> tea drunk -> tea made/);
});

test('an event without a line is an error', async () => {
  const written: Written = { steps: [], logged: [], jobs: [] };
  const run = runnerOf(
    { 'tea made': { logged: true, now: [], later: [] }, 'tea drunk': { logged: true, now: [], later: [] } },
    written,
  );
  await assert.rejects(run(written, {}, [{ name: 'tea spilt', publisherId: 1 }]), /tea spilt/);
});

test('what steps report is logged with what they followed from, once, and afresh at the next report', async () => {
  const logs: string[][] = [];
  const drink: NowStep<object, { report(events: readonly AnyEvent[]): Promise<void> }, AnyEvent> = {
    stepName: 'drink',
    reports: ['tea drunk'],
    run: (_context, transaction, events) =>
      transaction.report(events.map(({ publisherId }) => ({ name: 'tea drunk', publisherId }))),
  };
  const run = createJourneyRunner(
    {
      'tea made': { logged: true, now: [drink], later: [] },
      'tea drunk': { logged: true, now: [], later: [] },
    } satisfies Journey<object, Parameters<typeof drink.run>[1], Tea | Drunk>,
    {
      log: async (_transaction, events) => void logs.push(events.map((event) => event.name)),
      enqueue: async () => {},
    },
  );
  const transaction = {
    report: (events: readonly AnyEvent[]): Promise<void> => run({}, transaction, events),
  };
  await transaction.report([{ name: 'tea made', publisherId: 1 }]);
  await transaction.report([{ name: 'tea drunk', publisherId: 1 }]);
  assert.deepEqual(logs, [['tea made', 'tea drunk'], ['tea drunk']]);
});
