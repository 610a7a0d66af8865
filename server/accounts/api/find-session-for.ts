import type { Queryable } from '../../database/statement.ts';
import type { PageCall } from '../../kit/http/endpoint.ts';
import type { Client } from '../../publishers/publisher.ts';
import { findSession, type Session } from '../find-session.ts';
import { readSessionId } from './reader-browser.ts';

/**
 * Who is logged in at the publisher of a client. Publishers share the host and so the browser's cookie: a
 * session at one is none at another.
 */
export async function findSessionFor(
  { database, settings }: { database: Queryable; settings: { publicUrl: string } },
  call: PageCall,
  client: Client,
): Promise<Session | undefined> {
  const session = await findSession(database, readSessionId(call, settings.publicUrl));
  return session?.publisherId === client.publisher.publisherId ? session : undefined;
}
