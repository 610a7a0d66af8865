import { countNotified } from './check-notified.ts';
import type { Breach, Story } from './story.ts';

const mostBreaches = 40;

/** What a run came to, by what is counted; the same counts for every run. */
export function countStory(story: Story): [label: string, count: number][] {
  const { purchases, books, ledgers, kills } = story;
  const told = countNotified(story);
  const acknowledged = (name: 'registered' | 'completed' | 'assigned') =>
    purchases.filter((one) => one[name]).length;
  const answers = purchases.flatMap(({ registered, completed, assigned }) => [
    registered,
    completed,
    assigned,
  ]);
  return [
    ['kills', kills.length],
    ['buyers', purchases.length],
    ['acknowledged orders', acknowledged('registered')],
    ['acknowledged completions', acknowledged('completed')],
    ['acknowledged assignments', acknowledged('assigned')],
    ['visits to pages', purchases.filter((one) => one.visit !== undefined).length],
    ['requests sent again', answers.reduce((sum, one) => sum + (one ? one.tries - 1 : 0), 0)],
    ['answered from a key', answers.filter((one) => one?.replayed).length],
    ['orders in the database', books.orders.length],
    ...countStates('  ', books.orders, ['completed', 'stopped', 'paying', 'registered']),
    ['charges at the providers', ledgers.charges.length],
    ...countStates('  ', ledgers.charges, ['charged', 'reserved', 'released', 'declined', 'unknown']),
    ['refunds at the providers', ledgers.refunds.length],
    ['attempts', books.attempts.length],
    ...countStates('  ', books.attempts, ['secured', 'unknown', 'discarded']),
    ['calls lost with their process', books.attempts.filter((one) => one.code === 'interrupted').length],
    ['open cases', books.cases.filter((one) => one.state === 'open').length],
    ['callbacks received', told.callbacks],
    ['  again', told.repeatedCallbacks],
    ['messages sent', told.messages],
    ['  again', told.repeatedMessages],
    ['violations of contracts', ledgers.violations.length],
  ];
}

function countStates(
  indent: string,
  rows: readonly { state: string }[],
  states: readonly string[],
): [string, number][] {
  return states.map((state) => [`${indent}${state}`, rows.filter((row) => row.state === state).length]);
}

/** The counts as a table for people. */
export function describeStory(story: Story): string[] {
  return countStory(story).map(([label, count]) => `${label.padEnd(34)}${count}`);
}

/** The breaches, those of one rule together. */
export function describeBreaches(breaches: readonly Breach[]): string[] {
  const groups = Map.groupBy(breaches, (breach) => breach.rule);
  return [...groups].flatMap(([rule, group]) => [
    `BROKEN: ${rule} (${group.length})`,
    ...group.slice(0, mostBreaches).map((breach) => `  ${breach.what}`),
  ]);
}
