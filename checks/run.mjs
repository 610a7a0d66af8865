import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Plain JavaScript: it compiles the checks before it can load them, and may be started by an older Node.
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules/.bin');
const options = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 24) {
  const node = join(bin, 'node');
  if (!existsSync(node)) throw new Error('run npm ci first: it brings the Node that the project runs on');
  const again = spawnSync(node, [fileURLToPath(import.meta.url), ...options], { stdio: 'inherit' });
  process.exit(again.status ?? 1);
}

const start = performance.now();
const compiled = spawnSync(join(bin, 'tsc'), ['-b', '--pretty', 'false'], { cwd: root, encoding: 'utf8' });
const seconds = `${((performance.now() - start) / 1000).toFixed(2)} s`;
console.log(`${'tsc'.padEnd(20)} ${seconds.padStart(8)}  ${compiled.status === 0 ? 'ok' : 'to mend'}`);
if (compiled.status !== 0) console.log(compiled.stdout.trimEnd().replace(/^/gm, '    '));

const main = join(root, 'checks/build/main.js');
if (!existsSync(main)) process.exit(1);
const { runChecks } = await import(pathToFileURL(main).href);
const passed = await runChecks(root, options);
process.exitCode = passed && compiled.status === 0 ? 0 : 1;
