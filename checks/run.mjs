// Compiles everything and runs the checks: `npm run check`, `-- --fix`, `-- --sizes`, or names of checks.
// Plain JavaScript: it compiles the checks before it can load them, and may be started by an older Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compiler, pinnedNode } from '../pinned-node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = pinnedNode();
if (node === process.execPath) process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1;
else process.exitCode = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1;

async function run(options) {
  const start = performance.now();
  const compiled = spawnSync(node, [compiler() ?? 'tsc', '-b', '--pretty', 'false'], {
    cwd: root,
    encoding: 'utf8',
  });
  const seconds = `${((performance.now() - start) / 1000).toFixed(2)} s`;
  console.log(`${'tsc'.padEnd(20)} ${seconds.padStart(8)}  ${compiled.status === 0 ? 'ok' : 'to mend'}`);
  if (compiled.status !== 0)
    console.log(`${compiled.stdout}${compiled.stderr}`.trimEnd().replace(/^/gm, '    '));
  const main = join(root, 'checks/build/main.js');
  if (!existsSync(main)) return false;
  const { runChecks } = await import(pathToFileURL(main).href);
  const passed = await runChecks(root, options);
  return passed && compiled.status === 0;
}
