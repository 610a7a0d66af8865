import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

type Named = { kid: string; use: 'sig' };

/** A private key as a JSON Web Key: Ed25519 (RFC 8037), or RSA (RFC 7518, 6.3). */
export type SigningJwk =
  | (Named & { kty: 'OKP'; crv: 'Ed25519'; alg: 'EdDSA'; x: string; d: string })
  | (Named & { kty: 'RSA'; alg: 'RS256' } & Record<RsaPart, string>);

type RsaPart = 'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi';

export type SigningAlgorithm = SigningJwk['alg'];

/**
 * What a key of each algorithm is kept for. EdDSA is for access tokens, which are ours to verify; RS256 for
 * id_tokens, which every library of OpenID Connect verifies (Core, 15.1).
 */
export const keyKinds = [
  { algorithm: 'EdDSA', purpose: 'oauth' },
  { algorithm: 'RS256', purpose: 'oauth-rs256' },
] as const satisfies { algorithm: SigningAlgorithm; purpose: string }[];

/** The least that RS256 allows (RFC 7518, 3.3). */
const rsaBits = 2048;

const generate = promisify(generateKeyPair);

/** Makes a key with a name of its own. */
export async function generateSigningKey(
  algorithm: SigningAlgorithm,
): Promise<{ jwk: SigningJwk; purpose: string }> {
  const named: Named = { kid: randomBytes(9).toString('base64url'), use: 'sig' };
  const [access, idTokens] = keyKinds;
  switch (algorithm) {
    case 'EdDSA': {
      const { x, d } = (await generate('ed25519')).privateKey.export({ format: 'jwk' });
      if (x === undefined || d === undefined) throw new Error('the key has no private half');
      return { jwk: { kty: 'OKP', crv: 'Ed25519', x, d, alg: algorithm, ...named }, purpose: access.purpose };
    }
    case 'RS256': {
      const made = (await generate('rsa', { modulusLength: rsaBits })).privateKey.export({ format: 'jwk' });
      const part = (name: RsaPart) => {
        const value = made[name];
        if (value === undefined) throw new Error(`the key has no ${name}`);
        return value;
      };
      const numbers = { n: part('n'), e: part('e'), d: part('d'), p: part('p'), q: part('q') };
      const remainders = { dp: part('dp'), dq: part('dq'), qi: part('qi') };
      const jwk: SigningJwk = { kty: 'RSA', alg: algorithm, ...numbers, ...remainders, ...named };
      return { jwk, purpose: idTokens.purpose };
    }
  }
}
