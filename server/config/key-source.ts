import { join } from 'node:path';
import { OperatorError } from '../kit/operator-error.ts';
import type { Settings } from './settings.ts';

/** Where the keys of 32 bytes come from that seal what is stored. The former ones only open. */
export type InstallationKeySource =
  | { kind: 'given'; key: Buffer; former: readonly Buffer[] }
  /** A file of this node, made on the first start. */
  | { kind: 'file'; path: string; former: readonly Buffer[] };

type Given = { key: string | undefined; former: string | undefined };

/**
 * The key lies beside the embedded database. With a database elsewhere several nodes share what it seals, so
 * a key made on one node would leave the others unable to read it: live nodes must then be given one.
 */
export function readKeySource(given: Given, settings: Settings): InstallationKeySource {
  const former = (given.former ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => readKey('LEVERET_FORMER_KEYS', text));
  if (given.key !== undefined) {
    const key = readKey('LEVERET_KEY', given.key);
    if (settings.mode === 'live') refuseGuessable(key);
    return { kind: 'given', key, former };
  }
  if (settings.mode === 'live' && settings.databaseUrl !== undefined) {
    throw new OperatorError('LEVERET_KEY is required in live mode where DATABASE_URL is set.');
  }
  return { kind: 'file', path: join(settings.dataDirectory, 'leveret.key'), former };
}

function readKey(name: string, text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length === 32 && /^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return key;
  throw new OperatorError(
    name === 'LEVERET_KEY'
      ? 'LEVERET_KEY must be 32 bytes in base64.'
      : `${name} must be keys of 32 bytes in base64, with commas between them.`,
  );
}

const leastDistinctBytes = 16;

/** Of 32 random bytes, fewer than 16 different ones or letters alone come up less than once in 2^40. */
function refuseGuessable(key: Buffer): void {
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (new Set(key).size >= leastDistinctBytes && !isText) return;
  throw new OperatorError(
    'LEVERET_KEY can be guessed; live mode needs 32 random bytes: make them with `openssl rand -base64 32`.',
  );
}
