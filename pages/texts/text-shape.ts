import type { CheckoutTexts } from './checkout/checkout-shape.ts';
import type { LoginTexts } from './login/login-shape.ts';
import type { WithdrawalTexts } from './withdrawal/withdrawal-shape.ts';

type Titled = { heading: string; sentence: string };

/** Why a try to pay came to nothing, in the words that the server's payment methods use. */
export type BuyerReason =
  | 'declined'
  | 'insufficient funds'
  | 'card expired'
  | 'not authenticated'
  | 'wrong code'
  | 'too many tries'
  | 'cancelled'
  | 'timed out'
  | 'not answered'
  | 'over the limit'
  | 'barred'
  | 'not eligible'
  | 'try again later';

/** Why an order is not to be seen or changed from an address. */
export type ClosedReason = 'elsewhere' | 'not here' | 'no way back' | 'way back refused';

/** A length of time that a price is for. */
export type Period = { unit: 'day' | 'week' | 'month' | 'year'; count: number };

/** Every word the pages say, once per language. Functions get names as they are; pages escape the result. */
export type PageTexts = {
  /** The BCP 47 tag that the page carries. */
  language: string;
  shared: {
    backTo: (publisherName: string) => string;
    back: string;
    cancel: string;
    logIn: string;
    error: string;
    errorTitle: (title: string) => string;
    until: (when: string) => string;
    organisationNumber: (number: string) => string;
    terms: string;
    privacy: string;
  };
  link: {
    heading: (publisherName: string) => string;
    sentence: string;
    purchase: string;
    sentTo: string;
    notYou: string;
    notYouAnswer: (publisherName: string) => string;
  };
  linkSpent: { used: Titled; expired: Titled; button: string; goesTo: (destination: string) => string };
  linkSent: {
    heading: string;
    sentence: (destination: string) => string;
    patience: string;
    haveCode: string;
    /** For a browser that sent a form of ours back without any cookie. */
    cookiesBlocked: string;
  };
  code: {
    heading: string;
    sentence: string;
    credential: string;
    code: string;
    codeHint: string;
    sendNew: string;
    sent: string;
    wrong: (triesLeft: number) => string;
    expired: string;
    tooMany: string;
  };
  home: Titled;
  landing: {
    heading: string;
    sentence: (publisherName: string) => string;
    purchases: string;
    goTo: (publisherName: string) => string;
  };
  agreement: {
    heading: string;
    askCode: (destination: string) => string;
    codeSent: (destination: string) => string;
    /** The agreement names nobody who could be sent a code. */
    nobody: (publisherName: string) => string;
    sendCode: string;
    /** No link leads to an agreement without a code, so that there is none to open instead. */
    tooMany: string;
    show: string;
    product: string;
    price: string;
    /** How often it is paid, to stand behind a price. */
    every: (period: Period) => string;
    first: string;
    firstPrice: (price: string, period: Period) => string;
    status: string;
    states: Record<'active' | 'ending' | 'ended' | 'waiting' | 'never', string>;
    paidUntil: string;
    stop: string;
    stopSentence: string;
    stopped: string;
  };
  logOut: { ask: Titled; done: Titled; button: string; everywhere: string; everywhereSentence: string };
  login: LoginTexts;
  checkout: CheckoutTexts;
  payment: {
    waiting: Titled & { checkNow: string; notPaid: string };
    /** While the buyer confirms in an app or by a message. */
    onPhone: Titled;
    slow: Titled;
    done: { heading: string; sentence: string; purchase: (purchase: string) => string };
    stopped: Record<'cancelled' | 'declined' | 'expired' | 'failed', Titled>;
    tryAgain: string;
    /** A clause, to stand behind `notThrough`. */
    reasons: Record<BuyerReason, string>;
    notThrough: (reason: string) => string;
    choice: {
      choose: string;
      notPaidYet: string;
      otherMethod: string;
      /** `method` is its name; it is not offered any more. */
      spent: (method: string) => string;
      noneLeft: string;
      giveUp: string;
    };
    payByCode: {
      heading: string;
      sentence: (destination: string, amount: string) => string;
      pay: (amount: string) => string;
      notCode: string;
      sentNew: string;
    };
    leaving: { heading: (method: string) => string; sentence: string; go: string };
    snippet: { heading: string; sentence: (amount: string) => string; back: string; needsScripts: string };
    orderUnknown: Titled;
    /** Of an order that owes nothing here. */
    confirm: string;
    closed: Record<ClosedReason, Titled>;
    methodRefused: { heading: string } & Record<'by phone' | 'other' | 'not-configured', string>;
  };
  withdrawal: WithdrawalTexts;
  problem: {
    statuses: Record<400 | 403 | 404 | 409 | 429 | 500 | 503, Titled>;
    misspelt: (parameter: { given: string; meant: string }) => Titled;
    reference: (requestId: string) => string;
  };
};
