import {
  type AccessCatalogue,
  type AccessQuestion,
  type Coverage,
  compareStrength,
  coverageOf,
  type GrantKind,
  type HeldGrant,
} from './access.ts';

export type AccessReason =
  | 'bought'
  | 'temporary_access'
  | 'not_started'
  | 'revoked'
  | 'expired'
  | 'issue_only'
  | 'no_grant'
  | 'unknown_credential'
  | 'unknown_user';

/** One grant as the original shows it. Level A opens all that is named, B a part (an issue, an article). */
export type ShownAccess = {
  access: boolean;
  accessLevel: 'A' | 'B';
  /** A is full access, B only for a time, D none. */
  accessType: 'A' | 'B' | 'D';
  product: string | null;
  issue: string | null;
  articleId: string | null;
  categoryType: string | null;
  kind: GrantKind;
  startTime: number;
  endTime: number | null;
  reason: AccessReason;
};

export type AccessAnswer = { access: boolean; reason: AccessReason; accesses: ShownAccess[] };

/** What a holder has, and what to say of a holder who has nothing. */
export type Holding = { grants: readonly HeldGrant[]; whyNothing: AccessReason };

/**
 * Answers from the strongest grant that covers what is asked, and lists all that do: first what opens the
 * whole of it, then what opens a part, then what is over, revoked or still to come, which only explains.
 */
export function answerAccess(
  asked: AccessQuestion,
  holding: Holding,
  catalogue: AccessCatalogue,
): AccessAnswer {
  const found = holding.grants
    .toSorted(compareStrength)
    .map((grant) => ({ grant, coverage: coverageOf(grant, asked, catalogue) }))
    .filter(({ coverage }) => coverage !== 'none')
    .map(({ grant, coverage }) => ({ coverage, shown: showAccess(grant, coverage) }));
  const accesses = found.toSorted((a, b) => rankOf(a) - rankOf(b)).map(({ shown }) => shown);
  const [first] = accesses;
  if (first?.access) return { access: true, reason: first.reason, accesses };
  return { access: false, reason: whyNot(accesses) ?? holding.whyNothing, accesses };
}

function rankOf({ coverage, shown }: { coverage: Coverage; shown: ShownAccess }): number {
  if (!shown.access) return 2;
  return coverage === 'whole' ? 0 : 1;
}

function showAccess(grant: HeldGrant, coverage: Coverage): ShownAccess {
  const reason = reasonOf(grant, coverage);
  const access = reason === 'bought' || reason === 'temporary_access';
  // What opens a product beside the article opens more than a part.
  const isArticle = grant.articleRef !== undefined && grant.productCode === undefined;
  const isPart = grant.issueCode !== undefined || isArticle;
  return {
    access,
    accessLevel: isPart ? 'B' : 'A',
    accessType: !access ? 'D' : grant.kind === 'bought' ? 'A' : 'B',
    product: grant.productCode ?? null,
    issue: grant.issueCode ?? null,
    articleId: grant.articleRef ?? null,
    categoryType: grant.categoryType ?? null,
    kind: grant.kind,
    startTime: grant.startsAt,
    endTime: grant.endsAt ?? null,
    reason,
  };
}

function reasonOf(grant: HeldGrant, coverage: Coverage): AccessReason {
  if (grant.standing !== 'live') return grant.standing;
  if (grant.kind === 'temporary') return 'temporary_access';
  return coverage === 'part' ? 'issue_only' : 'bought';
}

const mostTelling: readonly AccessReason[] = ['issue_only', 'not_started', 'revoked', 'expired'];

function whyNot(accesses: readonly ShownAccess[]): AccessReason | undefined {
  return mostTelling.find((reason) => accesses.some((access) => access.reason === reason));
}
