import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCommandLine } from '@leveret/server/commands/command-line.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { reconcile } from '@leveret/server/payments/reconcile/reconcile.js';
import { demoClientId } from '@leveret/server/publishers/demo-client.js';
import type { Stage } from './question.ts';

type Typed =
  | { words: (stage: Stage) => string[] }
  | { work: (stage: Stage) => Promise<string> }
  | { notTimed: string };

let made = 0;
const publisher = ({ node }: Stage) => String(node.client.publisher.publisherId);
const ofClient =
  (...more: string[]) =>
  (stage: Stage) => [publisher(stage), demoClientId, ...more];
const setupFile = join(tmpdir(), `leveret-bench-setup-${process.pid}.json`);
const catalogueFile = fileURLToPath(
  new URL('../../../server/catalogue/demo-catalogue.json', import.meta.url),
);

process.once('exit', () => rmSync(setupFile, { force: true }));

/**
 * What is typed behind each command of `verbs.ts`, what it does where not all of it is timed, or why nothing
 * is. One without fails the run.
 */
export const commands: Readonly<Record<string, Typed>> = {
  start: { notTimed: 'runs until it is stopped' },
  migrate: { words: () => [] },
  doctor: { words: () => [] },
  reconcile: { work: reconcileSixHours },
  'publisher create': { words: () => ['Bench', 'NO', 'NOK', 'Europe/Oslo', 'nb'] },
  'publisher list': { words: () => [] },
  'publisher show': { words: (stage) => [publisher(stage)] },
  'publisher set': { words: (stage) => [publisher(stage), 'orderLifeDays=7'] },
  'client create': {
    words: (stage) => [publisher(stage), `no.bench.c${(made += 1)}`, 'Bench', 'https://bench.example/*'],
  },
  'client list': { words: (stage) => [publisher(stage)] },
  'client show': { words: ofClient() },
  'client set': { words: ofClient('name=Demo') },
  'client rotate': { notTimed: 'would take the secret that the other questions use' },
  'client end-tokens': { notTimed: 'would end the token that the other questions use' },
  'client disable': { notTimed: 'would switch off the client that the other questions use' },
  'client enable': { words: ofClient() },
  'reader confirm-number': { notTimed: 'changes a row or two that are found by a unique id' },
  'keys rotate': { notTimed: 'goes through all that is sealed, so that its time grows with it' },
  'keys rotate-oauth': { notTimed: 'would end the token that the other questions use' },
  'import catalogue': { words: (stage) => [publisher(stage), catalogueFile] },
  'import people': { notTimed: 'goes through a file, so that its time grows with it' },
  'export setup': { words: (stage) => [publisher(stage), setupFile] },
  'import setup': { notTimed: 'makes another publisher in tables that do not grow with orders' },
  'export people': { notTimed: 'goes through all customers and readers, a page at a time' },
  'export orders': { notTimed: 'goes through all orders, some at a time' },
};

/**
 * One of the stretches of time that it goes through, and one that is still to come. No provider is asked: it
 * rests between two questions, so that its time would be the number of payments.
 */
async function reconcileSixHours({ node: { context } }: Stage): Promise<string> {
  const methods = { ...context.methods, findByAdapter: () => undefined };
  const options = { days: 0.25, applies: false, pauseMilliseconds: 0 };
  const { unanswered, unnotified } = await reconcile({ ...context, methods }, options);
  return `${unanswered.length}, ${unnotified.length}`;
}

/** Runs a command in this process: what starting another costs says nothing about the database. */
export async function runCommand({ node }: Stage, words: readonly string[]): Promise<string> {
  const environment = readEnvironment(
    {
      DATABASE_URL: node.databaseUrl,
      LEVERET_DATA: tmpdir(),
      LEVERET_KEY: Buffer.alloc(32, 3).toString('base64'),
    },
    '/',
    false,
  );
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    await buildCommandLine(() => environment).parseAsync(words, { from: 'user' });
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 40) : String(error);
  } finally {
    process.stdout.write = write;
  }
}
