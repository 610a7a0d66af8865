import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { testDatabaseVariables } from '@leveret/server/testing/database.js';
import { until } from './until.ts';

/** A node as an operator runs it: a process of its own, which can be killed at any moment. */
export type NodeProcess = {
  url: string;
  /** Whether it answers that it is ready; false once it is gone. */
  isReady(): Promise<boolean>;
  isGone(): boolean;
  /** SIGKILL; answers when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; answers when it has ended what it was doing. */
  stop(): Promise<void>;
  /** When it was gone, in epoch milliseconds, however it ended. */
  gone: Promise<number>;
  /** What it has said on its error stream and in its log, the newest part. */
  words(): string;
};

export type NodeOptions = {
  port: number;
  /** The address of all nodes together. */
  publicUrl: string;
  databaseUrl: string;
  sandbox: { url: string; smtpPort: number };
  variables?: Record<string, string>;
};

const main = fileURLToPath(import.meta.resolve('@leveret/server/main.js'));
/** It ends a node that locks rows against the order. */
const watchLocks = import.meta.resolve('@leveret/server/testing/watch-locks.js');
const mostWords = 200_000;
/** A busy machine may need long to start one. */
const readyMilliseconds = 180_000;

/** Starts a node. It ends by itself if this process dies, because then its channel closes. */
export function startNode(options: NodeOptions): NodeProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', watchLocks, main, 'start'], {
    env: { PATH: process.env['PATH'] ?? '', ...variablesOf(options), ...options.variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const url = `http://127.0.0.1:${options.port}`;
  let words = '';
  const keep = (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-mostWords);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  let isGone = false;
  const gone = once(child, 'exit').then(() => {
    isGone = true;
    return Date.now();
  });
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (!isGone) child.kill(signal);
    await gone;
  };
  return {
    url,
    isReady: async () => !isGone && (await answersReady(url)),
    isGone: () => isGone,
    gone,
    kill: () => end('SIGKILL'),
    stop: () => stopWithin(child, () => end('SIGTERM')),
    words: () => words,
  };
}

/** Waits until the node answers; fails with its own words when it has ended instead. */
export async function whenReady(node: NodeProcess): Promise<void> {
  await until(
    'the node to be ready',
    async () => {
      if (node.isGone()) throw new Error(`the node ended at its start: ${node.words()}`);
      return node.isReady();
    },
    readyMilliseconds,
  ).catch((error: unknown) => {
    throw new Error(`the node is not ready: ${node.words()}`, { cause: error });
  });
}

function variablesOf({ port, publicUrl, databaseUrl, sandbox }: NodeOptions): Record<string, string> {
  return {
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: '8',
    ...testDatabaseVariables(),
    LEVERET_KEY: Buffer.alloc(32, 7).toString('base64'),
    SANDBOX_PORT: new URL(sandbox.url).port,
    SANDBOX_SMTP_PORT: String(sandbox.smtpPort),
    LOG_LEVEL: 'warn',
  };
}

async function answersReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** A node that does not stop would outlive the test. */
async function stopWithin(child: ChildProcess, stop: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => child.kill('SIGKILL'), 25_000);
  try {
    await stop();
  } finally {
    clearInterval(timer);
  }
}
