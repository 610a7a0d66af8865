import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fix, run } from './events-named.ts';
import { plant, shown } from './testing/plant.ts';

const told = `{ stepName: 'queueWebhook' }`;

/** A line of the table of names, a line of the journey, and what is wrong with them. */
const cases: [string, string, RegExp | undefined][] = [
  [`'order stopped': { name: 'order.stopped', in: 'log' }`, `logged: true, now: []`, undefined],
  [`'order stopped': 'internal'`, `logged: false, now: []`, undefined],
  [`'order stopped': { name: 'order.stopped', in: 'timeline' }`, `logged: false, now: []`, undefined],
  [`'order stopped': { name: 'order.stopped', in: 'webhooks' }`, `logged: false, now: [${told}]`, undefined],
  [`'order completed': 'internal'`, `logged: false, now: []`, /has no line for 'order stopped'/],
  [`'order stopped': 'internal'`, `logged: true, now: []`, /not in log here/],
  [`'order stopped': { name: 'order.stopped', in: 'log' }`, `logged: false, now: []`, /is in log here/],
  [
    `'order stopped': { name: 'order.stopped', in: 'log' }`,
    `logged: true, now: [${told}]`,
    /not in webhooks/,
  ],
  [`'order stopped': { name: 'order.stopped', in: 'webhooks' }`, `logged: false, now: []`, /is in webhooks/],
  [`'order stopped': 'by kind'`, `logged: true, now: [${told}]`, undefined],
  [`'order stopped': 'by kind'`, `logged: true, now: []`, /is in webhooks/],
  [
    `'order stopped': { name: 'a.b', in: 'log' }, 'order ended': { name: 'a.b', in: 'timeline' }`,
    `logged: true, now: []`,
    /two events are called a\.b/,
  ],
];

for (const [names, steps, wrong] of cases) {
  test(`${names} beside ${steps}`, async (t) => {
    const root = await plant(t, {
      'server/build/callbacks/event-names.js': `export const eventNames = { ${names} };`,
      'server/build/event-meanings.js': 'export const eventMeanings = {};',
      'server/build/journey.js': `export const journey = { 'order stopped': { ${steps} } };`,
      'docs/guides/events.md': '<!-- events:start -->\n<!-- events:end -->\n',
    });
    await fix(root);
    const problems = shown(await run(root));
    assert.equal(problems.length, wrong === undefined ? 0 : 1, problems.join('\n'));
    if (wrong) assert.match(problems[0] ?? '', wrong);
  });
}
