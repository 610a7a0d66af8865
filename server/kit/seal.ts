import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const version = 1;

/**
 * Seals with AES-256-GCM. The place (table, column and row) is authenticated, so that a sealed value cannot
 * be moved to another row. Layout: version 1 byte, nonce 12, tag 16, ciphertext.
 */
export function seal(key: Buffer, place: string, plain: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `seal` made for the same place; throws when key, place or content differ. */
export function unseal(key: Buffer, place: string, sealed: Buffer): Buffer {
  if (sealed[0] !== version) throw new Error('the sealed value has an unknown version');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(13, 29));
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]);
}
