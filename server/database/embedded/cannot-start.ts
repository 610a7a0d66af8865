import { OperatorError } from '../../kit/operator-error.ts';
import type { Places } from './places.ts';

/** Why the embedded database cannot start, in one sentence that says what to do. */
export class CannotStartDatabase extends OperatorError {
  override name = 'CannotStartDatabase';
}

const ownDatabase = 'or set DATABASE_URL to a PostgreSQL of your own';

/**
 * Turns what the operating system said about the data folder into advice; other errors come back as they
 * are.
 */
export function explainStartError(error: unknown, places: Places): unknown {
  if (error instanceof CannotStartDatabase) return error;
  const reason = explainCode(errorCode(error) ?? '', places);
  return reason === undefined ? error : new CannotStartDatabase(reason, { cause: error });
}

function explainCode(code: string, places: Places): string | undefined {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(places).message;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Cannot write in ${places.root}: set LEVERET_DATA to a folder of your own, ${ownDatabase}.`;
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
      return `No folder can be made at ${places.dataDirectory}: set LEVERET_DATA to another, ${ownDatabase}.`;
    default:
      return undefined;
  }
}

function diskFull(places: Places): CannotStartDatabase {
  return new CannotStartDatabase(
    `The disk that holds ${places.root} is full: free some space, or set LEVERET_DATA to a folder elsewhere.`,
  );
}

/**
 * The program was there and could not be run: the disk forbids it, or the machine lacks what it is linked
 * with.
 */
export function programNotRun(program: string, code: string): CannotStartDatabase {
  const why =
    code === 'ENOENT'
      ? 'this Linux lacks glibc (Alpine does): use a Debian-like system'
      : 'its disk forbids it (mounted noexec?): set LEVERET_DATA to a folder elsewhere';
  return new CannotStartDatabase(`${program} cannot be run (${code}), since ${why}, ${ownDatabase}.`);
}

/**
 * A child program ended in failure: a full disk gets its own sentence, the rest quotes the program's last
 * words.
 */
export function programFailed(what: string, output: string, places: Places): CannotStartDatabase {
  if (output.includes('No space left on device')) return diskFull(places);
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const words =
    lines.findLast((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return new CannotStartDatabase(
    `${what} failed (${words.trim()}); see ${places.serverLog}, ${ownDatabase}.`,
  );
}

export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
