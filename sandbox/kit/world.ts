import { Agent } from 'undici';
import { type Clock, startClock } from './clock.ts';
import { DueWork } from './due-work.ts';
import { type Faults, makeFaults } from './faults.ts';
import { type Inbox, openInbox } from './inbox.ts';
import { type Journal, openJournal } from './journal.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { openViolations, type Violations } from './violations.ts';

/** What all imitated providers share. */
export type World = {
  clock: Clock;
  journal: Journal;
  dueWork: DueWork;
  faults: Faults;
  inbox: Inbox;
  ledger: Ledger;
  violations: Violations;
  /** The connections on which providers call their clients. */
  outbound: Agent;
  /** Writes down how far the clock was moved, so that a restarted sandbox is as far. */
  keepClock(): void;
};

/** Lays an empty world; `journal.restore()` fills it when every provider has declared its records. */
export function layWorld(options: { realTime: boolean; dataFile?: string | undefined }): World {
  const clock = startClock(options.realTime);
  const journal = openJournal(options.dataFile);
  const keepAhead = journal.kind<number>(
    'clock',
    (ahead) => clock.moveForward(ahead - clock.ahead()),
    () => [clock.ahead()],
  );
  return {
    clock,
    journal,
    keepClock: () => keepAhead(clock.ahead()),
    dueWork: new DueWork(clock, journal, options.realTime),
    faults: makeFaults(),
    inbox: openInbox(journal),
    ledger: openLedger(journal),
    violations: openViolations(),
    outbound: new Agent({ headersTimeout: 10_000, bodyTimeout: 10_000, connections: 64 }),
  };
}
