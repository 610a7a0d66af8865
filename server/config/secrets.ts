import { hkdfSync } from 'node:crypto';
import { OperatorError } from '../kit/operator-error.ts';
import { keyIdLength, type SealingKey, type SealingKeys } from '../kit/seal.ts';

/** Key material of this installation; none of it stands in the database unsealed. */
export type Secrets = {
  /** Seals what is stored (AES-256-GCM). */
  sealing: SealingKeys;
  /** Keys the hashes by which credentials are found. */
  credentialHash: Buffer;
  /** Keys the unguessable part of fulfillment addresses. */
  orderAddress: Buffer;
  /** Keys the tokens of login links. */
  loginLink: Buffer;
  /** Signs results of payments that an order is registered after. */
  paymentResults: Buffer;
  /** Keys cookies of the OAuth server. */
  cookies: Buffer;
  /** Keys the unguessable parts of addresses that providers report to. */
  webhookCredentials: Buffer;
} & Passwords;

/** Passwords that the operator gives: for services beside us, and for who reads the figures. */
export type Passwords = {
  smtpPassword: string | undefined;
  linkSmsPassword: string | undefined;
  metricsToken?: string | undefined;
};

const noPasswords: Passwords = { smtpPassword: undefined, linkSmsPassword: undefined };

/**
 * Derives every key (HKDF-SHA-256, RFC 5869). What was given out and is looked up comes from the root, which
 * stays; what seals comes from the installation's keys of 32 bytes, newest first, which are replaced.
 */
export function deriveSecrets(
  root: Buffer,
  passwords: Passwords = noPasswords,
  installationKeys: readonly Buffer[] = [root],
): Secrets {
  return {
    sealing: sealingKeysOf(installationKeys, root),
    credentialHash: derive(root, 'credential hash'),
    orderAddress: derive(root, 'order address'),
    loginLink: derive(root, 'login link'),
    paymentResults: derive(root, 'payment results'),
    cookies: derive(root, 'cookies'),
    // The label is the first name of these; another would move every address.
    webhookCredentials: derive(root, 'report gates'),
    ...passwords,
  };
}

/** The keys that seal, from the installation's keys, newest first. */
export function sealingKeysOf(installationKeys: readonly Buffer[], root: Buffer): SealingKeys {
  return { keys: installationKeys.map(sealingKeyOf), hashing: derive(root, 'hash of sealed values') };
}

function sealingKeyOf(installationKey: Buffer): SealingKey {
  return {
    id: derive(installationKey, 'id of the sealing key').subarray(0, keyIdLength),
    key: derive(installationKey, 'sealing'),
  };
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `leveret ${purpose}`, 32));
}

/** What an operator is told whose key does not belong to the database. */
export function wrongKeyError(cause: unknown): OperatorError {
  return new OperatorError(
    'The key of this installation does not open what stands in the database: set the LEVERET_KEY, or put ' +
      'back the file leveret.key, that belongs to this database; LEVERET_FORMER_KEYS names keys before it.',
    { cause },
  );
}
