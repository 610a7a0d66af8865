import type { AttemptLimit } from '../database/attempt-limits.ts';

const minute = 60;
const hour = 3600;
const day = 86_400;

/** No limit looks back further; older attempts may be deleted. */
export const longestLimitSeconds = day;

/**
 * Who types a code or asks for one, as far as a server can tell. `known` is a browser that was logged in as
 * the reader before, `asked` one that a code was sent for within the last ten minutes; everybody else who
 * knows the credential is a `stranger`. Each has a budget of its own, so that nobody uses up another's.
 */
export type Standing = 'known' | 'asked' | 'stranger';

export function standingOf(browser: { isKnown: boolean; hasAsked: boolean }): Standing {
  if (browser.isKnown) return 'known';
  return browser.hasAsked ? 'asked' : 'stranger';
}

/** Who is counted: a reader's credential at one publisher, the browser at hand, and where it calls from. */
export type Counted = {
  publisherId: number;
  credentialKey: Buffer;
  /** The hash of the browser's nonce. */
  browser: Buffer;
  /** An address with its /64 or alone, and the /48 or /24 around it, as counters name them. */
  from: { near: string; around: string };
};

type BrowserOfReader = Pick<Counted, 'publisherId' | 'credentialKey' | 'browser'>;

export const mostCodeTries = 5;
export const codeTriesSeconds = 10 * minute;

/** All strangers together, for one reader. */
const mostStrangersTries = { most: 40, withinSeconds: day };
const mostStrangersCodes = { most: 8, withinSeconds: day };

/**
 * The most guesses at a reader's codes in any day by browsers that never were the reader's: those at the code
 * of a message that the system sent, and five at each code that strangers asked for.
 */
export const strangersGuessesPerDay = mostStrangersTries.most + mostStrangersCodes.most * mostCodeTries;

/** The tries of one browser; a code that it asks for brings new ones. */
export function browserTries({ publisherId, credentialKey, browser }: BrowserOfReader): AttemptLimit {
  const counter = `code try ${readerOf({ publisherId, credentialKey })} browser ${browser.toString('hex')}`;
  return { counter, most: mostCodeTries, withinSeconds: codeTriesSeconds };
}

/** What one try of six digits counts towards. */
export function codeTryLimits(standing: Standing, counted: Counted): AttemptLimit[] {
  const own = browserTries(counted);
  const counter = `code try ${readerOf(counted)}`;
  switch (standing) {
    case 'known':
      return [own, { counter: `${counter} known`, most: 50, withinSeconds: day }];
    case 'asked':
      return [own];
    case 'stranger':
      return [
        own,
        { counter: `${counter} near ${counted.from.near}`, most: 15, withinSeconds: day },
        { counter: `${counter} around ${counted.from.around}`, most: 25, withinSeconds: day },
        { counter: `${counter} strangers`, ...mostStrangersTries },
        ...codeTryFromLimits(counted),
      ];
  }
}

/** Whomever a stranger's tries are for; also of what is no code at all, so that nobody asks without end. */
export function codeTryFromLimits({ from }: Pick<Counted, 'from'>): AttemptLimit[] {
  return [
    { counter: `code try from near ${from.near}`, most: 60, withinSeconds: hour },
    { counter: `code try from around ${from.around}`, most: 240, withinSeconds: hour },
  ];
}

/** Codes that a browser has asked for, and that were granted. */
export function browserCodes({ publisherId, credentialKey, browser }: BrowserOfReader): AttemptLimit {
  const counter = `new code ${readerOf({ publisherId, credentialKey })} browser ${browser.toString('hex')}`;
  return { counter, most: 5, withinSeconds: codeTriesSeconds };
}

/** Asking for a code: one network, and the larger one around it, use up less than all strangers may. */
export function newCodeLimits(isKnown: boolean, counted: Counted): AttemptLimit[] {
  const own = browserCodes(counted);
  const counter = `new code ${readerOf(counted)}`;
  if (isKnown) return [own, { counter: `${counter} known`, most: 20, withinSeconds: day }];
  const { near, around } = counted.from;
  return [
    own,
    { counter: `${counter} near ${near}`, most: 5, withinSeconds: day },
    { counter: `${counter} around ${around}`, most: 6, withinSeconds: day },
    { counter: `${counter} strangers`, ...mostStrangersCodes },
    { counter: `new code from near ${near}`, most: 60, withinSeconds: hour },
    { counter: `new code from around ${around}`, most: 240, withinSeconds: hour },
  ];
}

/**
 * Asking for a new link by one that nobody can guess, wherever from. A link that got into other hands uses up
 * its own share; what it sends goes to the reader.
 */
export function newLinkLimits(reader: Reader, linkId: number): AttemptLimit[] {
  return [
    { counter: `new link by ${linkId}`, most: 3, withinSeconds: 10 * minute },
    { counter: `new link by ${linkId}`, most: 6, withinSeconds: day },
    { counter: `new link ${readerOf(reader)}`, most: 20, withinSeconds: day },
  ];
}

type Reader = { publisherId: number; credentialKey: Buffer };

function readerOf({ publisherId, credentialKey }: Reader): string {
  return `${publisherId} ${credentialKey.toString('hex')}`;
}
