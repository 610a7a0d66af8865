import pg from 'pg';
import { OperatorError } from '../kit/operator-error.ts';

const mostMilliseconds = 10_000;

/** Knocks at the operator's database. Throws `OperatorError` where it does not let us in. */
export async function requireDatabase(connection: pg.PoolConfig): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: mostMilliseconds });
  try {
    await client.connect();
  } catch (error) {
    throw new OperatorError(explainRefusal(error, client), { cause: error });
  } finally {
    // A client that did not come in has nothing to end.
    await client.end().catch(() => {});
  }
}

type Place = { host: string; port: number; user?: string | undefined; database?: string | undefined };

/** Why the database at DATABASE_URL cannot be used, in one sentence without its password. */
export function explainRefusal(error: unknown, { host, port, user, database }: Place): string {
  const at = addressOf({ host, port });
  const { code, message } = readError(error);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `No database answers at ${at}: start it, or mend DATABASE_URL.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no host ${host}: mend DATABASE_URL.`;
    case '28P01':
    case '28000':
      return `The database at ${at} refuses the user ${user} or its password: mend DATABASE_URL.`;
    case '3D000':
      return `There is no database ${database} at ${at}: create it, or mend DATABASE_URL.`;
    default:
      return `The database at ${at} cannot be reached (${message || code}).`;
  }
}

/** Where a database listens: a socket's folder, or host and port. */
export function addressOf({ host, port }: Pick<Place, 'host' | 'port'>): string {
  return host.startsWith('/') ? host : `${host}:${port}`;
}

/** Where a name has several addresses, each has an error of its own, and they agree in their code. */
function readError(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  return { code: 'code' in error ? String(error.code) : '', message: error.message };
}
