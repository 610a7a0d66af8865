import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key that seals, and the id by which sealed values name it. */
export type SealingKey = { id: Buffer; key: Buffer };

/** The keys of this installation, newest first: the first one seals, all of them open. */
export type SealingKeys = {
  keys: readonly SealingKey[];
  /** Keys the hashes by which sealed values are found; it stays when the others are replaced. */
  hashing: Buffer;
};

const plainVersion = 1;
const envelopeVersion = 2;

/** How long the id of a key is, in bytes. */
export const keyIdLength = 8;
const wrappedKeyLength = 12 + 16 + 32;
const contentStart = 1 + keyIdLength + wrappedKeyLength;

/**
 * Seals in an envelope: a key of its own for each value (AES-256-GCM), which is wrapped with the newest of
 * ours. The place (table, column and row) is authenticated, so that a sealed value cannot be moved to another
 * row. Layout: version 1 byte, id of our key 8, wrapped key 60, then the content as `sealWith` makes it.
 */
export function seal(keys: SealingKeys, place: string, plain: Buffer): Buffer {
  const valueKey = randomBytes(32);
  return Buffer.concat([wrapKey(newestOf(keys), valueKey), sealWith(valueKey, place, plain)]);
}

/** Opens what `seal` made for the same place; throws when no key, or another place or content fits. */
export function unseal(keys: SealingKeys, place: string, sealed: Buffer): Buffer {
  if (sealed[0] === plainVersion) return openWithAny(keys, place, sealed);
  return openWith(unwrapKey(keys, sealed), place, sealed.subarray(contentStart));
}

/** Seals with one given key, without an envelope: nonce 12 bytes, tag 16, ciphertext, after the version. */
export function sealWith(key: Buffer, place: string, plain: Buffer): Buffer {
  return Buffer.concat([Buffer.of(plainVersion), encrypt(key, Buffer.from(place), plain)]);
}

/** Opens what `sealWith` made with the same key for the same place. */
export function openWith(key: Buffer, place: string, sealed: Buffer): Buffer {
  if (sealed[0] !== plainVersion) throw new Error('the sealed value has an unknown version');
  return decrypt(key, Buffer.from(place), sealed.subarray(1));
}

/** The first bytes of everything that the newest key sealed. */
export function newestPrefix(keys: SealingKeys): Buffer {
  return Buffer.concat([Buffer.of(envelopeVersion), newestOf(keys).id]);
}

/**
 * The same value under the newest key. Only the wrapped key is opened and wrapped again; a value from before
 * there were envelopes gets one.
 */
export function reseal(keys: SealingKeys, place: string, sealed: Buffer): Buffer {
  if (sealed[0] === plainVersion) return seal(keys, place, openWithAny(keys, place, sealed));
  const valueKey = unwrapKey(keys, sealed);
  return Buffer.concat([wrapKey(newestOf(keys), valueKey), sealed.subarray(contentStart)]);
}

function newestOf(keys: SealingKeys): SealingKey {
  const [newest] = keys.keys;
  if (!newest) throw new Error('there is no key to seal with');
  return newest;
}

function wrapKey({ id, key }: SealingKey, valueKey: Buffer): Buffer {
  const head = Buffer.concat([Buffer.of(envelopeVersion), id]);
  return Buffer.concat([head, encrypt(key, head, valueKey)]);
}

function unwrapKey(keys: SealingKeys, sealed: Buffer): Buffer {
  if (sealed[0] !== envelopeVersion) throw new Error('the sealed value has an unknown version');
  const head = sealed.subarray(0, 1 + keyIdLength);
  const known = keys.keys.find((one) => one.id.equals(head.subarray(1)));
  if (!known)
    throw new Error(`the value was sealed with the key ${head.toString('hex', 1)}, which is not known`);
  return decrypt(known.key, head, sealed.subarray(1 + keyIdLength, contentStart));
}

/** Values from before there were envelopes do not name their key. */
function openWithAny(keys: SealingKeys, place: string, sealed: Buffer): Buffer {
  for (const { key } of keys.keys) {
    try {
      return openWith(key, place, sealed);
    } catch {
      // Another key may fit.
    }
  }
  throw new Error('none of the keys opens the sealed value');
}

function encrypt(key: Buffer, authenticated: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(authenticated);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

function decrypt(key: Buffer, authenticated: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(authenticated);
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
