import type { Connection } from './prepare-database.ts';

/**
 * The connection as a `DATABASE_URL`, for another process of this machine. A socket's folder stands as the
 * host.
 */
export function connectionUrl({ host, port, user, password, database }: Connection): string {
  const [secret, place] = [encodeURIComponent(password), encodeURIComponent(host)];
  return `postgresql://${user}:${secret}@${place}:${port}/${database}`;
}
