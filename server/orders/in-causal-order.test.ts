import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inCausalOrder } from './in-causal-order.ts';

const noted = (at: number, what: string, facts: Record<string, unknown> = {}) => ({
  at: new Date(at),
  what,
  facts,
});
const callback = { deliveryId: 1, event: 'order.completed' };

/** Entries as they are sorted by time, and the places at which they are told. */
const cases: [name: string, entries: ReturnType<typeof noted>[], told: number[]][] = [
  [
    'a callback and its tries stand behind what they tell of',
    [
      noted(1, 'order registered'),
      noted(2, 'callback queued', callback),
      noted(3, 'payment secured'),
      noted(3, 'order completed'),
      noted(4, 'callback tried', callback),
    ],
    [0, 2, 3, 1, 4],
  ],
  [
    'a try stands behind its callback where clocks disagree',
    [
      noted(1, 'callback queued', callback),
      noted(1, 'callback tried', callback),
      noted(2, 'order completed'),
    ],
    [2, 0, 1],
  ],
  [
    'a callback that was asked for late does not go back to the completion',
    [noted(1, 'order completed'), noted(2, 'callback queued', callback), noted(3, 'callback asked late')],
    [0, 2, 1],
  ],
  [
    'a message stands behind its link, and what became of it behind the message',
    [
      noted(1, 'message queued', { messageId: 5, linkId: 9 }),
      noted(1, 'message accepted', { messageId: 5 }),
      noted(2, 'login link issued', { linkId: 8 }),
      noted(3, 'login link issued', { linkId: 9 }),
    ],
    [2, 3, 0, 1],
  ],
  [
    'each of two webhooks follows its own event',
    [
      noted(1, 'webhook queued', { deliveryId: 1, event: 'order.completed' }),
      noted(1, 'webhook queued', { deliveryId: 2, event: 'access.granted' }),
      noted(1, 'webhook queued', { deliveryId: 3, event: 'case.opened' }),
      noted(2, 'order completed'),
      noted(3, 'case opened'),
    ],
    [3, 0, 1, 4, 2],
  ],
  [
    'what has no cause here stays where it is',
    [noted(1, 'callback queued', callback), noted(2, 'order stopped')],
    [0, 1],
  ],
  ['nothing', [], []],
];

for (const [name, entries, told] of cases) {
  test(name, () => {
    const ordered = inCausalOrder(entries);
    assert.deepEqual(
      ordered.map(({ what, facts }) => ({ what, facts })),
      told.map((place) => ({ what: entries[place]?.what, facts: entries[place]?.facts })),
    );
    const times = ordered.map((entry) => entry.at.getTime());
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
      'an effect is never dated before its cause',
    );
  });
}
