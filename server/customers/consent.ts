export type ConsentState = 'given' | 'withdrawn';

/** What somebody said about a consent. */
export type ConsentStatement = {
  consentCode: string;
  /** Of the text that was shown. */
  version: number;
  /** Empty where the consent is of no channel. */
  channelCode: string;
  state: ConsentState;
  statedAt: Date;
  source: string;
  by: { kind: 'client' | 'user' | 'command'; id: string };
};

/** The words of a consent, as they were shown under a version. */
export type ConsentText = { consentCode: string; version: number; text: string; madeAt: Date };

/**
 * What holds: of each consent and channel what was said last, whenever it came here. A yes and a no of the
 * same moment are a no; of two that say the same the one that came later counts.
 */
export function consentsInForce(statements: readonly ConsentStatement[]): ConsentStatement[] {
  const last = new Map<string, ConsentStatement>();
  for (const statement of statements) {
    const key = `${statement.consentCode}\n${statement.channelCode}`;
    const former = last.get(key);
    if (former && !overrules(statement, former)) continue;
    last.delete(key);
    last.set(key, statement);
  }
  return [...last.values()];
}

type Said = Pick<ConsentStatement, 'state' | 'statedAt'>;

function overrules(statement: Said, former: Said): boolean {
  const later = statement.statedAt.getTime() - former.statedAt.getTime();
  return later > 0 || (later === 0 && (statement.state === 'withdrawn' || former.state === 'given'));
}

/** What is asked to be kept. */
export type ConsentRequest = Omit<ConsentStatement, 'version'> & {
  version: number | undefined;
  /** Whether it says itself when it was said. */
  isDated: boolean;
};

/**
 * What a statement does to what holds: another answer, the same one once more, or nothing, since something
 * else was said after it.
 */
export type ConsentEffect = 'changes' | 'repeats' | 'said before';

export type ConsentDecision =
  | { keep: { version: number }; effect: ConsentEffect }
  | { nothing: 'it is known'; effect: Exclude<ConsentEffect, 'changes'> }
  | { refused: 'consent_is_unknown' | 'version_is_required'; field: 'consentCode' | 'version' }
  | { refused: 'too_many_statements' };

// Each change of mind is kept, so that whoever changes it and changes it would fill the database.
export const mostStatements = 1000;

/**
 * Whether a statement is kept, and what it does to what holds: one that was said before what holds is kept
 * and changes nothing. Yes is said to the words that were shown, so their version is required; no may
 * be said without. What holds already is kept again only where it was said again. Beyond `mostStatements` no
 * yes is taken, so that a no is kept where there is a yes, and else says nothing new: it is never refused.
 */
export function decideConsent(
  request: ConsentRequest,
  texts: readonly Pick<ConsentText, 'consentCode' | 'version'>[],
  statements: readonly ConsentStatement[],
): ConsentDecision {
  const { consentCode, version, channelCode, state } = request;
  const versions = texts.filter((one) => one.consentCode === consentCode).map((one) => one.version);
  if (versions.length === 0) return { refused: 'consent_is_unknown', field: 'consentCode' };
  if (version !== undefined && !versions.includes(version)) {
    return { refused: 'consent_is_unknown', field: 'version' };
  }
  if (version === undefined && state === 'given') return { refused: 'version_is_required', field: 'version' };
  const before = statements.filter(
    (one) => one.consentCode === consentCode && one.channelCode === channelCode,
  );
  const [holding] = consentsInForce(before);
  const meant = version ?? holding?.version ?? Math.max(...versions);
  const isLast = holding === undefined || overrules(request, holding);
  const effect = !isLast ? 'said before' : 'changes';
  if (holding?.state === state && holding.version === meant) {
    const isKept = isLast && isSaidAgain(request, holding) && statements.length < mostStatements;
    if (isKept) return { keep: { version: meant }, effect: 'repeats' };
    return { nothing: 'it is known', effect: 'repeats' };
  }
  if (before.some((one) => isSame(one, { ...request, version: meant }))) {
    return { nothing: 'it is known', effect: 'said before' };
  }
  if (statements.length < mostStatements) return { keep: { version: meant }, effect };
  if (state === 'given') return { refused: 'too_many_statements' };
  if (isLast && holding?.state === 'given') return { keep: { version: meant }, effect };
  return { nothing: 'it is known', effect: isLast ? 'repeats' : 'said before' };
}

/** What a program sends again each night is no new word of anybody. */
function isSaidAgain(request: ConsentRequest, holding: ConsentStatement): boolean {
  return request.isDated || request.by.kind === 'user' || request.source !== holding.source;
}

function isSame(one: ConsentStatement, other: ConsentStatement): boolean {
  const { state, version, statedAt } = other;
  return one.state === state && one.version === version && Number(one.statedAt) === Number(statedAt);
}
