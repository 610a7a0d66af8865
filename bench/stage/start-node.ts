import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { stopChild } from './start-child.ts';

export type RunningNode = {
  pid: number;
  port: number;
  /** Where its debugger listens, for a node that is profiled. */
  debuggerUrl: string | undefined;
  stop(): Promise<void>;
};

/** Starts Leveret as an operator would, in a process of its own, and waits until it says that it is ready. */
export async function startNode(
  environment: Record<string, string>,
  isProfiled: boolean,
): Promise<RunningNode> {
  const port = await findFreePort();
  const main = fileURLToPath(import.meta.resolve('@leveret/server/main.js'));
  const flags = [...(await launcherFlags()), ...(isProfiled ? ['--inspect=127.0.0.1:0'] : [])];
  const child = spawn(process.execPath, [...flags, main, 'start'], {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said = { out: '', error: '' };
  child.stdout?.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr?.on('data', (chunk) => (said.error += String(chunk)));
  await untilReady(child, said);
  const debuggerUrl = /ws:\/\/\S+/.exec(said.error)?.[0];
  return { pid: child.pid ?? 0, port, debuggerUrl, stop: () => stopChild(child) };
}

/** The launcher's own file says how Node is run; it is plain JavaScript, outside of what is compiled. */
async function launcherFlags(): Promise<readonly string[]> {
  const launcher = new URL('../../../pinned-node.mjs', import.meta.url);
  const { nodeFlags } = (await import(launcher.href)) as { nodeFlags: readonly string[] };
  return nodeFlags;
}

async function untilReady(child: ChildProcess, said: { out: string; error: string }): Promise<void> {
  while (!said.out.includes('is ready at')) {
    if (child.exitCode !== null) throw new Error(`the node did not start:\n${said.out}${said.error}`);
    await Promise.race([once(child, 'exit'), child.stdout && once(child.stdout, 'data')]);
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
