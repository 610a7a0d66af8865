import { request } from 'undici';
import { inputReader } from '../kit/bad-input.ts';
import type { World } from '../kit/world.ts';

const patienceMilliseconds = 30_000;

/** Parses `{seconds}`; throws `BadInput`. */
export const readAdvance = inputReader<{ seconds: number }>({
  type: 'object',
  additionalProperties: false,
  required: ['seconds'],
  properties: { seconds: { type: 'integer', minimum: 1, maximum: 10 * 366 * 24 * 3600 } },
});

type ServerReply = { reached: true } | { reached: false; reason: string };
export type Advanced = { now: string; advancedSeconds: number; ranDue: number; server: ServerReply };

/**
 * Moves sandbox and server clocks in step: before each piece of due work runs, the server is moved to that
 * time. A server that cannot be reached is left behind, and the reply says so.
 */
export async function advanceClock(world: World, serverUrl: string, seconds: number): Promise<Advanced> {
  let server: ServerReply = { reached: true };
  let movedSeconds = 0;
  const moveServer = async (passedSeconds: number) => {
    if (!server.reached || passedSeconds === movedSeconds) return;
    server = await tellServer(world, serverUrl, passedSeconds - movedSeconds);
    movedSeconds = passedSeconds;
  };
  const ranDue = await world.dueWork.advance(seconds, moveServer);
  world.keepClock();
  return { now: world.clock.timestamp(), advancedSeconds: seconds, ranDue, server };
}

async function tellServer(world: World, serverUrl: string, advanceSeconds: number): Promise<ServerReply> {
  try {
    const response = await request(new URL('/test/clock', serverUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds }),
      dispatcher: world.outbound,
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    await response.body.dump();
    if (response.statusCode < 300) return { reached: true };
    return { reached: false, reason: `the server answered ${response.statusCode}` };
  } catch (error) {
    return { reached: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
