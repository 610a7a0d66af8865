import { hkdfSync } from 'node:crypto';

/** Key material of this installation, all derived from one key that never stands in the database. */
export type Secrets = {
  /** Seals what is stored (AES-256-GCM). */
  sealing: Buffer;
  /** Keys the hashes by which credentials are found. */
  credentialHash: Buffer;
  /** Keys the unguessable part of fulfillment addresses. */
  orderAddress: Buffer;
  /** Keys the tokens of login links. */
  loginLink: Buffer;
  /** Keys cookies of the OAuth server. */
  cookies: Buffer;
  /** Keys the unguessable parts of addresses that providers report to. */
  reportGates: Buffer;
} & Passwords;

/** Passwords that the operator gives for services beside us. */
export type Passwords = { smtpPassword: string | undefined; linkSmsPassword: string | undefined };

/** Derives every key from the installation's key of 32 bytes (HKDF-SHA-256, RFC 5869). */
export function deriveSecrets(
  installationKey: Buffer,
  passwords: Passwords = { smtpPassword: undefined, linkSmsPassword: undefined },
): Secrets {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', installationKey, Buffer.alloc(0), `leveret ${purpose}`, 32));
  return {
    sealing: derive('sealing'),
    credentialHash: derive('credential hash'),
    orderAddress: derive('order address'),
    loginLink: derive('login link'),
    cookies: derive('cookies'),
    reportGates: derive('report gates'),
    ...passwords,
  };
}
