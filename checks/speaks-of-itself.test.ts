import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './speaks-of-itself.ts';
import { plant, shown } from './testing/plant.ts';

const faults: [string, string, RegExp][] = [
  ['docs/a.md', 'Look in /home/ada/leveret.', /one machine/],
  ['.npmrc', 'registry=https://registry.npmjs.org/', /package registry/],
  ['package-lock.json', '"resolved": "https://a/b.tgz"', /download address/],
  ['server/a.test.ts', `test.skip('x', () => {});`, /skips tests/],
  ['server/a.test.ts', `test('x', { only: true }, () => {});`, /skips tests/],
  ['tests/journeys/a.test.ts', 'await new Promise((done) => setTimeout(done, 10));', /waits by the clock/],
  [
    'tests/journeys/a.ts',
    `import { setTimeout as pause } from 'node:timers/promises';`,
    /waits by the clock/,
  ],
  ['server/a.ts', '// TODO later', /leaves work behind/],
  ['server/a.ts', 'function f(x: any) {}', /say unknown/],
  ['server/a.ts', 'const x = y as any;', /say unknown/],
  ['server/a.ts', '// @ts-ignore', /silences the compiler/],
];

for (const [file, text, message] of faults) {
  test(text, async (t) => {
    const problems = shown(await run(await plant(t, { [file]: `first\n${text}\n` })));
    const [problem = '', ...others] = problems;
    assert.deepEqual(others, []);
    assert.ok(problem.startsWith(`${file}:2 `) && message.test(problem), problem);
  });
}

test('ordinary text is left alone', async (t) => {
  const root = await plant(t, {
    'server/a.ts': `// Answers: any order of the client.\nconst url = '/work-queue/home/x', amount = 'XXX';`,
    'server/run.ts': 'setTimeout(() => undefined, 1);',
    'docs/a.md': 'The root account; any: one; ./work/queue.ts; https://example.org/home/x',
  });
  assert.deepEqual(shown(await run(root)), []);
});
