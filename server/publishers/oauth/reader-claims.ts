import type { FoundReader } from '../reader.ts';

/** Which claims a scope opens (OpenID Connect Core, 5.4); none is told that is not proven. */
export const readerClaims = {
  openid: ['sub', 'acr', 'auth_time', 'sid'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};

type Claims = {
  sub: string;
  sid?: string;
  email?: string;
  email_verified?: true;
  phone_number?: string;
  phone_number_verified?: true;
};

/**
 * Everything that is known, whatever was asked for: the newest address and number that are proven, and the
 * session, by which a site says later what its reader logs out of.
 */
export function claimsOf(uniqueUserId: string, { credentials }: FoundReader, sessionUid?: string): Claims {
  const newest = (kind: 'email' | 'mobile') => credentials.find((one) => one.kind === kind)?.credential;
  const [email, mobile] = [newest('email'), newest('mobile')];
  return {
    sub: uniqueUserId,
    ...(sessionUid !== undefined && { sid: sessionUid }),
    ...(email !== undefined && { email, email_verified: true }),
    ...(mobile !== undefined && { phone_number: mobile, phone_number_verified: true }),
  };
}
