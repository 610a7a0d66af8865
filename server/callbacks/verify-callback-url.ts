import { timingSafeEqual } from 'node:crypto';
import { callbackSignature } from './callback-url.ts';

export type VerifiedCallback =
  | {
      ok: true;
      fulfillmentStatus: 'success' | 'failed';
      order: string;
      event: string;
      sequence: number;
      timestamp: number;
    }
  | { ok: false; rule: 'missing_parameter' | 'repeated_parameter' | 'unknown_key' | 'signature' | 'too_old' };

const names = ['fulfillmentStatus', 'lv_order', 'lv_event', 'lv_seq', 'lv_ts', 'lv_kid', 'lv_sig'] as const;

/**
 * Checks a signed legacy callback, as a receiver does. `url` is the whole public address as it was called;
 * `secrets` are `whsec_…` by key id; `now` is Unix seconds, and the signature may be `toleranceSeconds` away.
 */
export function verifyCallbackUrl(
  url: string,
  options: { secrets: Readonly<Record<string, string>>; now: number; toleranceSeconds?: number },
): VerifiedCallback {
  const parsed = new URL(url);
  const values = new Map<string, string>();
  for (const name of names) {
    const given = parsed.searchParams.getAll(name);
    if (given.length > 1) return { ok: false, rule: 'repeated_parameter' };
    if (given[0] === undefined) return { ok: false, rule: 'missing_parameter' };
    values.set(name, given[0]);
  }
  const value = (name: (typeof names)[number]) => values.get(name) ?? '';
  const keyId = value('lv_kid');
  const secret = Object.hasOwn(options.secrets, keyId) ? options.secrets[keyId] : undefined;
  if (secret === undefined) return { ok: false, rule: 'unknown_key' };
  if (!isSame(value('lv_sig'), callbackSignature(parsed, secret))) return { ok: false, rule: 'signature' };
  const timestamp = Number(value('lv_ts'));
  const isFresh = Math.abs(options.now - timestamp) <= (options.toleranceSeconds ?? 300);
  if (!isFresh) return { ok: false, rule: 'too_old' };
  return {
    ok: true,
    fulfillmentStatus: value('fulfillmentStatus') === 'success' ? 'success' : 'failed',
    order: value('lv_order'),
    event: value('lv_event'),
    sequence: Number(value('lv_seq')),
    timestamp,
  };
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
