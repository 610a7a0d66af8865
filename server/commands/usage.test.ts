import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);
const run = (file: string, ...parameters: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL(file, root)), ...parameters], { encoding: 'utf8' });

test('the help names every command that there is', () => {
  // What is no command is answered with those that are.
  const { stderr } = run('server/build/main.js', 'nonsense');
  const names = /there are (.+)\./.exec(stderr)?.[1]?.split(', ') ?? [];
  assert.ok(names.includes('start'), stderr);
  const help = run('leveret.mjs', '--help').stdout;
  for (const name of names) {
    assert.match(help, new RegExp(`^  ${name} `, 'm'), `the help does not name ${name}`);
  }
});
