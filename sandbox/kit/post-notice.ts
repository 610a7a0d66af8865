import { request } from 'undici';
import type { World } from './world.ts';

const patienceMilliseconds = 10_000;

/** A call of a provider to its client. */
export type OutgoingNotice = {
  method?: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
};

/** Sends one notice; answers the status, or null where no answer came in 10 s. Redirects are not followed. */
export async function postNotice(world: World, notice: OutgoingNotice): Promise<number | null> {
  try {
    const response = await request(notice.url, {
      method: notice.method ?? 'POST',
      headers: notice.headers ?? {},
      body: notice.body ?? null,
      dispatcher: world.outbound,
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    await response.body.dump();
    return response.statusCode;
  } catch {
    return null;
  }
}
