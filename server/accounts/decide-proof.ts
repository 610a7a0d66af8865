import type { AccountState } from './account.ts';
import { numberTrustedDays } from './trusted-number.ts';

/** What is known when somebody shows by a link or a code that a credential is theirs. */
export type CredentialProof = {
  kind: 'email' | 'mobile';
  /** Of the account that the credential stands for; nothing where it has none. */
  accountState: AccountState | undefined;
  /** Since it was last proven; nothing where nobody has. */
  daysSinceProof: number | undefined;
  /**
   * The browser at hand shows something else of the same reader: a session or the mark of one, an e-mail
   * address of the account, or the page of an agreement that only its payer is led to.
   */
  isShownBeside: boolean;
  wantsNewAccount: boolean;
};

/** `begins anew`: the credential leaves its account for a new one. `asks`: nothing is opened yet. */
export type ProofEffect = 'opens' | 'asks' | 'begins anew';

/**
 * Whoever has a number has its account, unless the number may have changed hands: then it opens the account
 * only beside something else, and else a new one where its holder asks for that. Addresses of e-mail are not
 * given to others, as far as anybody can tell.
 */
export function effectOfProof(proof: CredentialProof): ProofEffect {
  const { kind, accountState, daysSinceProof, isShownBeside, wantsNewAccount } = proof;
  const isTrusted = daysSinceProof === undefined || daysSinceProof <= numberTrustedDays;
  if (kind === 'email' || accountState !== 'active' || isTrusted || isShownBeside) return 'opens';
  return wantsNewAccount ? 'begins anew' : 'asks';
}
