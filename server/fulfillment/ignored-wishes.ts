import type { Wishes } from '../publishers/read-wishes.ts';
import type { StandingWishes } from './find-standing-wishes.ts';

/** The fields of a request whose value does not stand, as the first request asked for something else. */
export function ignoredWishes(asked: Wishes, standing: StandingWishes | undefined): string[] {
  const differs = (wish: string | number | undefined, stands: string | number | null | undefined) =>
    wish !== undefined && wish !== stands;
  const { credential } = asked;
  const isOtherCredential =
    credential !== undefined && standing?.credential_key?.equals(credential.key) !== true;
  return Object.entries({
    callbackUrl: differs(asked.callbackUrl, standing?.callback_url),
    credential: isOtherCredential,
    returnUrl: differs(asked.returnUrl, standing?.return_url),
    errorUrl: differs(asked.errorUrl, standing?.error_url),
    linkLifetime: differs(asked.linkLifetimeSeconds, standing?.link_lifetime_seconds),
  }).flatMap(([field, isIgnored]) => (isIgnored ? field : []));
}
