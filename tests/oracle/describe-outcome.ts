import { countTold } from './check-told.ts';
import type { Breach, Story } from './story.ts';

const mostBreaches = 40;

/** What a run came to, as a table for people; the same lines for every run. */
export function describeStory(story: Story): string[] {
  const { purchases, books, ledgers, kills } = story;
  const count = (states: readonly { state: string }[], state: string) =>
    states.filter((one) => one.state === state).length;
  const told = countTold(story);
  const tried = purchases.reduce(
    (sum, one) =>
      sum + (one.registered?.tries ?? 1) + (one.completed?.tries ?? 1) + (one.assigned?.tries ?? 1) - 3,
    0,
  );
  const rows: [string, string | number][] = [
    ['kills', kills.length],
    ['buyers', purchases.length],
    ['acknowledged orders', purchases.filter((one) => one.registered).length],
    ['acknowledged completions', purchases.filter((one) => one.completed).length],
    ['acknowledged assignments', purchases.filter((one) => one.assigned).length],
    ['requests sent again', tried],
    [
      'answered from a key',
      purchases.filter((one) => one.registered?.replayed || one.completed?.replayed).length,
    ],
    ['orders in the database', books.orders.length],
    [
      '  completed / stopped / paying',
      ['completed', 'stopped', 'paying'].map((s) => count(books.orders, s)).join(' / '),
    ],
    ['charges at the providers', ledgers.charges.length],
    [
      '  charged / reserved / released',
      ['charged', 'reserved', 'released'].map((s) => count(ledgers.charges, s)).join(' / '),
    ],
    [
      '  declined / unknown',
      ['declined', 'unknown'].map((s) => count(ledgers.charges, s)).join(' / '),
    ],
    ['refunds at the providers', ledgers.refunds.length],
    ['attempts / secured', `${books.attempts.length} / ${count(books.attempts, 'secured')}`],
    ['calls lost with their process', books.attempts.filter((one) => one.code === 'interrupted').length],
    ['open cases', count(books.cases, 'open')],
    ['callbacks received / again', `${told.callbacks} / ${told.repeatedCallbacks}`],
    ['messages sent / again', `${told.messages} / ${told.repeatedMessages}`],
    ['violations of contracts', ledgers.violations.length],
  ];
  return rows.map(([label, value]) => `${label.padEnd(34)}${value}`);
}

/** The breaches, those of one rule together. */
export function describeBreaches(breaches: readonly Breach[]): string[] {
  const groups = Map.groupBy(breaches, (breach) => breach.rule);
  return [...groups].flatMap(([rule, group]) => [
    `BROKEN: ${rule} (${group.length})`,
    ...group.slice(0, mostBreaches).map((breach) => `  ${breach.what}`),
  ]);
}
