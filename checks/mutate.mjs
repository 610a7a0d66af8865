// Compiles everything and breaks the rules of money and access on purpose: `npm run mutate`, `-- book-money`.
// Plain JavaScript: it compiles the rest before it can load it, and may be started by an older Node.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiler, pinnedNode } from '../pinned-node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (...parameters) =>
  spawnSync(pinnedNode(), parameters, { cwd: root, stdio: 'inherit' }).status ?? 1;

process.exitCode =
  run(compiler() ?? 'tsc', '-b') || run('checks/build/mutation/main.js', ...process.argv.slice(2));
