/** How the buyer pays: at an address of the provider, in HTML that we show, or by a code from a message. */
export type BuyerStep =
  | { to: 'address'; url: string }
  | {
      to: 'snippet';
      html: string;
      /** Origins that the snippet loads scripts and frames from, and talks to. */
      origins: readonly string[];
    }
  /** The provider has sent a code to the buyer's mobile, and a page of ours takes it. */
  | {
      to: 'code';
      /** The code before this one was typed wrong; `triesLeft` counts this one. */
      afterWrongCode?: { triesLeft: number };
    };

/** Why the buyer's try came to nothing, in words that pages have in every language. */
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
