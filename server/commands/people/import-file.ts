import { createCatalogueSnapshots } from '../../catalogue/catalogue-snapshots.ts';
import { carryConsentText, decideCarriedText } from '../../customers/carry-consent-text.ts';
import type { ConsentText } from '../../customers/consent.ts';
import { findConsentTexts } from '../../customers/consents-store.ts';
import { writeAct } from '../../database/act-log.ts';
import { createDatabaseClock } from '../../database/clock.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import type { FieldProblem } from '../../kit/problem.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import { type Carrying, carryPeople, type Outcome } from './carry-people.ts';
import { type PeopleLine, type PeopleReader, type Person, readPeopleLine } from './people-document.ts';
import type { PeopleRecord } from './read-records.ts';
import { createSeenBefore } from './seen-before.ts';

export type Counts = Record<'new' | 'changed' | 'there already' | 'refused', number>;

export type Import = {
  database: Database;
  publisher: Publisher;
  credentialHash: Buffer;
  isDryRun: boolean;
  /** Told of each line that is not taken over. */
  refused(line: number, problems: readonly FieldProblem[]): void;
};

// As many as a transaction writes in a moment, and no more of a file in memory than that.
const mostPeople = 500;

/**
 * Brings the people of a file here, some hundred in each transaction. What is there already is passed over:
 * typed again, it goes on where it was interrupted, and done again, it changes nothing.
 */
export async function importPeople(given: Import, records: AsyncIterable<PeopleRecord>): Promise<Counts> {
  const { database, publisher, credentialHash, isDryRun, refused } = given;
  const clock = createDatabaseClock(database);
  await clock.measure();
  const catalogue = await createCatalogueSnapshots({ database }).of(publisher.publisherId);
  const reader: PeopleReader = { publisher, catalogue, credentialHash, now: clock.now() };
  const texts = [...(await findConsentTexts(database, publisher.publisherId))];
  const carrying: Carrying = { publisherId: publisher.publisherId, texts, now: reader.now, isDryRun };
  const counts: Counts = { new: 0, changed: 0, 'there already': 0, refused: 0 };
  const seenBefore = createSeenBefore();
  const write = actingOnce(database, publisher.publisherId);
  let waiting: { line: number; person: Person }[] = [];

  const count = (line: number, outcome: Outcome) => {
    if (typeof outcome === 'string') counts[outcome] += 1;
    else {
      counts.refused += 1;
      refused(line, outcome);
    }
  };
  const bringBatch = async (batch: typeof waiting) => {
    const people = batch.map(({ person }) => person);
    const outcomes = await write((transaction) => carryPeople(transaction, carrying, people), isDryRun);
    for (const [index, outcome] of outcomes.entries()) count(batch[index]?.line ?? 0, outcome);
  };
  // The next people are read while these are written, one transaction after the other.
  let writing: Promise<unknown> = Promise.resolve();
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    await writing;
    writing = batch.length === 0 ? Promise.resolve() : bringBatch(batch);
    // Whoever waits for it next hears of it.
    writing.catch(() => undefined);
  };

  for await (const record of records) {
    const read: PeopleLine =
      'problems' in record
        ? { is: 'broken', problems: record.problems }
        : readPeopleLine(reader, record.value);
    if (read.is === 'head') continue;
    const { line } = record;
    if (read.is === 'broken') count(line, read.problems);
    else if (read.is === 'text') {
      await flush();
      await writing;
      count(line, await carryText(write, carrying, texts, read.text));
    } else {
      const twice = seenBefore(read.person, line);
      if (twice.length > 0) count(line, twice);
      else if (waiting.push({ line, person: read.person }) >= mostPeople) await flush();
    }
  }
  await flush();
  await writing;
  return counts;
}

type Write = <Result extends Outcome | Outcome[]>(
  work: (transaction: Transaction) => Promise<Result>,
  isDryRun: boolean,
) => Promise<Result>;

/** The act of a run stands with the first change that it makes: so it stands also where it is interrupted. */
function actingOnce(database: Database, publisherId: number): Write {
  let isActed = false;
  return async (work, isDryRun) => {
    const { result, changes } = await database.transaction('import people', async (transaction) => {
      const result = await work(transaction);
      const outcomes: readonly unknown[] = Array.isArray(result) ? result : [result];
      const changes = !isDryRun && outcomes.some((one) => one === 'new' || one === 'changed');
      if (changes && !isActed) await writeAct(transaction, { publisherId });
      return { result, changes };
    });
    isActed ||= changes;
    return result;
  };
}

async function carryText(
  write: Write,
  { publisherId, isDryRun }: Carrying,
  texts: ConsentText[],
  carried: Extract<PeopleLine, { is: 'text' }>['text'],
): Promise<Outcome> {
  return write(async (transaction): Promise<Outcome> => {
    const decision = isDryRun
      ? decideCarriedText(carried, texts)
      : await carryConsentText(transaction, publisherId, carried);
    if (decision === 'other words') {
      const field = 'consentText.text';
      return [{ field, rule: 'consent_is_another', message: `${field} has other words here` }];
    }
    if (decision === 'keep') return 'there already';
    texts.push({ ...carried, madeAt: carried.madeAt ?? new Date(0) });
    return 'new';
  }, isDryRun);
}
