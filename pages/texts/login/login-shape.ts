/**
 * Why nobody logs in: the site is unknown, the way back is not on its list, the account is closed, or the
 * code is of an order that has stopped or was withdrawn when the order's address was corrected.
 */
export type LoginRefusal =
  | 'unknown site'
  | 'way back refused'
  | 'account closed'
  | 'order stopped'
  | 'link ended';

/** The words of the pages on which a reader logs in for a site. */
export type LoginTexts = {
  /** Where a new reader is expected. */
  newHeading: (publisherName: string) => string;
  sentence: string;
  newSentence: string;
  sent: (destination: string) => string;
  patience: string;
  other: string;
  notCredential: string;
  noSms: string;
  /** Of a reader whose login is too old, or by too little, for what the site asks. */
  again: string;
  switchHeading: string;
  switchSentence: (current: string, wanted: string) => string;
  switchTo: (wanted: string) => string;
  stay: (current: string) => string;
  /** Where nothing tells who is logged in. */
  switchFromSomeone: (wanted: string) => string;
  doNotSwitch: string;
  /** Of a number that nobody has proven for so long that it may be another's now. */
  oldNumber: {
    heading: string;
    sentence: (number: string) => string;
    known: { heading: string; sentence: (publisherName: string) => string; button: string };
    fresh: { heading: string; sentence: string; button: string };
  };
  refused: Record<LoginRefusal, { heading: string; sentence: string }>;
};
