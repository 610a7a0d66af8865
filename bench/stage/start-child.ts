import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of ours in a process of its own: it is asked one thing at a time, and ends with its channel. */
export type Child<Task, Result> = {
  pid: number;
  ask(task: Task): Promise<Result>;
  stop(): Promise<void>;
};

type Message<Value> = { value: Value } | { failure: string };

/** Starts `bench/<program>/main`. It has said once that it is ready; `greeting` is what it said. */
export async function startChild<Task, Result, Greeting = undefined>(
  program: 'load' | 'receiver' | 'bare-server' | 'sql' | 'sandbox' | 'neighbour',
  environment: Record<string, string> = {},
): Promise<Child<Task, Result> & { greeting: Greeting }> {
  const file = fileURLToPath(new URL(`../${program}/main.js`, import.meta.url));
  const child = fork(file, { env: { ...process.env, ...environment }, execArgv: [] });
  const greeting = await nextMessage<Greeting>(child);
  return {
    greeting,
    pid: child.pid ?? 0,
    async ask(task) {
      child.send({ task });
      return nextMessage<Result>(child);
    },
    stop: () => stopChild(child),
  };
}

function nextMessage<Value>(child: ChildProcess): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error(`${child.spawnfile} ended before it answered`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      // Both ends are of one build.
      const said = message as Message<Value>;
      if ('failure' in said) reject(new Error(said.failure));
      else resolve(said.value);
    });
  });
}

/** Closes the channel, which asks the child to end, and waits until it has. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exit;
}
