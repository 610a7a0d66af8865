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
 * What holds: of each consent and channel what was said last, in the order in which statements are given. A
 * statement that came later says more than one that was said later and came before it.
 */
export function consentsInForce(statements: readonly ConsentStatement[]): ConsentStatement[] {
  const last = new Map<string, ConsentStatement>();
  for (const statement of statements) {
    const key = `${statement.consentCode}\n${statement.channelCode}`;
    last.delete(key);
    last.set(key, statement);
  }
  return [...last.values()];
}

/** What is asked to be kept. */
export type ConsentRequest = {
  consentCode: string;
  version: number | undefined;
  channelCode: string;
  state: ConsentState;
};

export type ConsentDecision =
  | { keep: { version: number } }
  | { nothing: 'it holds already' }
  | { refused: 'consent_is_unknown' | 'version_is_required'; field: 'consentCode' | 'version' };

/**
 * Whether a statement is kept. Yes is said to the words that were shown, so their version is required; no may
 * be said without. What holds already is not kept twice.
 */
export function decideConsent(
  { consentCode, version, channelCode, state }: ConsentRequest,
  texts: readonly Pick<ConsentText, 'consentCode' | 'version'>[],
  statements: readonly ConsentStatement[],
): ConsentDecision {
  const versions = texts.filter((one) => one.consentCode === consentCode).map((one) => one.version);
  if (versions.length === 0) return { refused: 'consent_is_unknown', field: 'consentCode' };
  if (version !== undefined && !versions.includes(version)) {
    return { refused: 'consent_is_unknown', field: 'version' };
  }
  if (version === undefined && state === 'given') return { refused: 'version_is_required', field: 'version' };
  const holding = consentsInForce(statements).find(
    (one) => one.consentCode === consentCode && one.channelCode === channelCode,
  );
  const meant = version ?? holding?.version ?? Math.max(...versions);
  const isSame = holding?.state === state && holding.version === meant;
  return isSame ? { nothing: 'it holds already' } : { keep: { version: meant } };
}
