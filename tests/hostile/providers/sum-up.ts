import { countStory } from '../../oracle/describe-outcome.ts';
import type { RoundOutcome } from './run-round.ts';

/** Counts of all rounds together, by what they count. */
export function addUp(outcomes: readonly RoundOutcome[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { story, breaches, doubts, seconds } of outcomes) {
    const more: [string, number][] = [
      ...countStory(story),
      ['attempts and operations once unknown', doubts],
      ['breaches', breaches.length],
      ['seconds', Math.round(seconds)],
    ];
    for (const [label, count] of more) sums.set(label, (sums.get(label) ?? 0) + count);
  }
  return sums;
}

export function describeSum(sums: ReadonlyMap<string, number>): string[] {
  return [...sums].map(([label, count]) => `${label.padEnd(38)}${count}`);
}
