import { Problem } from '../problem.ts';
import { isMisspelt } from './near-name.ts';

/** Every parameter that a page of ours reads, with other words by which sites look for it. */
const otherWords = {
  orderId: ['order', 'id'],
  clientId: ['client'],
  publisherId: ['publisher'],
  returnUrl: ['return', 'returnTo', 'redirectUrl', 'successUrl'],
  errorUrl: ['cancelUrl', 'failureUrl'],
  credential: ['username', 'email', 'login_hint'],
  credentialSubmit: [],
  assumeNewUser: [],
  client_id: [],
  post_logout_redirect_uri: [],
  id_token_hint: [],
  state: [],
  waitingSince: [],
  leadOnSince: [],
  giveUp: [],
} satisfies Record<string, readonly string[]>;

export type PageParameter = keyof typeof otherWords;

/**
 * Refuses an address with a parameter that was meant for one of the page's, and so would select or move
 * nothing. What is near none of them is somebody else's, such as a tracker's, and passes.
 */
export function refuseMisspelt(given: Iterable<string>, known: readonly PageParameter[]): void {
  for (const name of given) {
    const meant = findMeant(name, known);
    if (meant === undefined) continue;
    const field = name.slice(0, 100);
    const message = `${field} is not known; did you mean ${meant}?`;
    const fields = [{ field, rule: 'unknown_field', message, meant }];
    throw new Problem('input_is_invalid', { detail: message, fields });
  }
}

/** The page's parameter that somebody who wrote `given` meant; nothing for its own and for foreign ones. */
export function findMeant(given: string, known: readonly PageParameter[]): PageParameter | undefined {
  if (known.some((name) => name === given)) return undefined;
  // What stands before the name in an address that was taken out of HTML without being decoded.
  const written = given.replace(/^amp;/, '');
  const meant = known.filter((name) => [name, ...otherWords[name]].some((word) => isMeant(written, word)));
  return meant.find((name) => name.includes('_') === written.includes('_')) ?? meant[0];
}

/** Every short name is near to some other one, so that in it only case and separators may differ. */
function isMeant(given: string, word: string): boolean {
  if (word.length >= 6) return isMisspelt(given, word);
  return given.toLowerCase().replace(/[^a-z]/g, '') === word;
}
