import { setTimeout as pause } from 'node:timers/promises';
import type { RunningServer } from './launch-server.ts';

/**
 * Launches the server again whenever it ends without being asked (killed for want of memory, say), on the
 * same socket with the same password, so that connection pools find it again. Answers how to stop it for
 * good.
 */
export async function keepRunning(
  launch: () => Promise<RunningServer>,
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let server: RunningServer | undefined = await launch();
  const watching = watch();

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      const how = await server?.ended;
      if (stopping.signal.aborted) return;
      if (server) log(`The database server ended by itself (${how}): starting it again`);
      server = await launchAgain();
    }
  }

  async function launchAgain(): Promise<RunningServer | undefined> {
    try {
      return await launch();
    } catch (error) {
      log(`${error instanceof Error ? error.message : String(error)} Trying again in 2 s.`);
      // The wait keeps no process alive that has nothing else to do, and a stop ends it.
      await pause(2000, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      return undefined;
    }
  }

  return async () => {
    stopping.abort();
    await server?.stop();
    await watching;
    await server?.stop();
  };
}
