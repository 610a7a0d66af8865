import type { Queryable } from '../../database/statement.ts';
import type { PageCall } from '../../kit/http/endpoint.ts';
import type { Client } from '../../publishers/publisher.ts';
import { findSession, type Session } from '../find-session.ts';
import { findSessionId } from '../find-session-id.ts';

/** Who is logged in at the publisher of a client; a session at another one is none here. */
export async function findSessionFor(
  { database, settings }: { database: Queryable; settings: { publicUrl: string } },
  call: PageCall,
  client: Client,
): Promise<Session | undefined> {
  const { publisherId } = client.publisher;
  const session = await findSession(database, findSessionId(call, settings.publicUrl, publisherId));
  return session?.publisherId === publisherId ? session : undefined;
}
