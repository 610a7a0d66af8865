#!/usr/bin/env node
// Plain JavaScript for Node 20 and newer: it finds a Node that is new enough, builds what changed, and runs
// Leveret.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWhenChanged } from './build-when-changed.mjs';
import { compiler, nodeFlags, pinnedNode } from './pinned-node.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const serverMain = join(root, 'server/build/main.js');
const sandboxMain = join(root, 'sandbox/build/main.js');
const shopMain = join(root, 'shop/build/main.js');
/** npm repeats Ctrl-C to us, so only a signal after this long is a second one of the user's. */
const secondSignalAfterMs = 1000;
/** Ctrl-C reaches the children as it reaches us; asking them at once could look like a second one to them. */
const terminalSignalMs = 500;
const restartMs = 1000;
const sandboxStopMs = 5000;
/** What sandbox and shop end with when they cannot start as they are set; they have said why. */
const cannotStart = 2;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
let stoppingSince;

main();

function main() {
  const parameters = process.argv.slice(2);
  const node = findNode();
  if (!asksOnly(parameters) || !existsSync(serverMain)) build(node);
  if (parameters[0] === 'start' && !asksOnly(parameters)) start(node, parameters);
  else runCommand(node, parameters);
}

/** Help and version do nothing else. */
function asksOnly(parameters) {
  const [first = 'help'] = parameters;
  return (
    ['help', '--version', '-V'].includes(first) || parameters.includes('--help') || parameters.includes('-h')
  );
}

function start(node, parameters) {
  for (const signal of signals) process.on(signal, () => stop(signal));
  // Read as server/config/env.ts does. What the server refuses starts no sandbox either.
  const mode = process.env.LEVERET_MODE?.trim() || 'sandbox';
  if (mode === 'sandbox' && parameters.length === 1) {
    startSandbox(node);
    startShop(node);
  }
  startChild(node, serverMain, parameters).once('exit', (code, signal) => endWith(code, signal));
}

/** A command ends by itself, so it has the terminal to itself and every signal is passed on. */
function runCommand(node, parameters) {
  const child = spawn(node, [...nodeFlags, serverMain, ...parameters], { stdio: 'inherit' });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => giveUp(`${serverMain} cannot be started: ${error.message}`));
  child.once('exit', (code, signal) => (signal === null ? process.exit(code ?? 1) : endBy(signal)));
}

function findNode() {
  try {
    return pinnedNode();
  } catch (error) {
    return giveUp(error.message);
  }
}

/** Only the three programs are built: a fault in a test or benchmark stops nobody from starting. */
function build(node) {
  const tsc = compiler();
  if (tsc === undefined || !existsSync(join(root, 'server/tsconfig.json'))) return;
  if (!existsSync(serverMain)) console.log('Building Leveret, which takes half a minute the first time');
  const places = {
    folders: ['pages', 'server', 'sandbox', 'shop'].map((name) => join(root, name)),
    stamp: join(root, 'server/build/sources-built'),
    outputs: [serverMain, sandboxMain, shopMain],
  };
  const isBuilt = buildWhenChanged(places, () => {
    const { status } = spawnSync(node, [tsc, '-b', 'server', 'sandbox', 'shop'], {
      cwd: root,
      stdio: 'inherit',
    });
    return status === 0;
  });
  if (!isBuilt) giveUp('The build failed (see above), so nothing was started.');
}

function startSandbox(node) {
  if (!existsSync(sandboxMain)) return;
  const sandbox = startChild(node, sandboxMain, [], {
    SANDBOX_DATA: sandboxData(),
    LEVERET_URL: process.env.LEVERET_URL ?? `http://127.0.0.1:${process.env.PORT || 8080}`,
  });
  sandbox.once('exit', (code, signal) => {
    if (stoppingSince !== undefined) return;
    if (code === cannotStart) giveUp('The sandbox cannot start (see above), so nothing was started.');
    console.error(
      `The provider sandbox ended by itself (${signal ?? `exit code ${code}`}): starting it again`,
    );
    setTimeout(() => stoppingSince === undefined && startSandbox(node), restartMs);
  });
}

/** Everything works without the shop, which is an example. */
function startShop(node) {
  if (!existsSync(shopMain)) return;
  const leveretUrl = process.env.PUBLIC_URL?.trim() || `http://localhost:${process.env.PORT || 8080}`;
  const shop = startChild(node, shopMain, [], { LEVERET_URL: leveretUrl.replace(/\/$/, '') });
  shop.once('exit', (code, signal) => {
    if (stoppingSince !== undefined) return;
    if (code === cannotStart) {
      console.error('The demo shop cannot start (see above). All the rest goes on.');
      return;
    }
    console.error(`The demo shop ended by itself (${signal ?? `exit code ${code}`}): starting it again`);
    setTimeout(() => stoppingSince === undefined && startShop(node), restartMs);
  });
}

/**
 * Beside the database, so that providers know after a restart what they knew before, as real ones do. The
 * data folder is that of server/config/env.ts, which cannot be read before it is built.
 */
function sandboxData() {
  const { SANDBOX_DATA, LEVERET_DATA, DATABASE_URL } = process.env;
  if (SANDBOX_DATA !== undefined) return SANDBOX_DATA;
  if (DATABASE_URL) return '';
  const folder =
    LEVERET_DATA || (process.getuid?.() === 0 ? '/var/lib/leveret' : join(process.cwd(), 'data'));
  return join(folder, 'sandbox.jsonl');
}

/** The channel tells the child that we are gone, even when we are killed. */
function startChild(node, file, parameters, variables = {}) {
  const child = spawn(node, [...nodeFlags, file, ...parameters], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  child.once('error', (error) => giveUp(`${file} cannot be started: ${error.message}`));
  return child;
}

/**
 * Closing the channel asks a child to stop. The signal is not passed on, because Ctrl-C has already reached
 * the children and a second one would mean "at once" to them too.
 */
function stop(signal) {
  const now = performance.now();
  if (stoppingSince !== undefined && now - stoppingSince < secondSignalAfterMs) return;
  if (stoppingSince !== undefined) {
    killAll();
    endBy(signal);
    return;
  }
  stoppingSince = now;
  if (signal === 'SIGINT') setTimeout(askToStop, terminalSignalMs);
  else askToStop();
}

function askToStop() {
  for (const child of children) if (child.connected) child.disconnect();
}

function killAll() {
  for (const child of children) child.kill('SIGKILL');
}

/** The server's end is ours, once the sandbox has ended too. */
function endWith(code, signal) {
  stoppingSince ??= performance.now();
  askToStop();
  const finish = () => (signal === null ? process.exit(code ?? 1) : endBy(signal));
  if (children.size === 0) finish();
  setTimeout(killAll, sandboxStopMs);
  for (const child of children) child.once('exit', () => children.size === 0 && finish());
}

/** Ends as the child did, so that a supervisor sees the same cause. */
function endBy(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function giveUp(message) {
  console.error(message);
  for (const child of children) child.kill();
  process.exit(1);
}
