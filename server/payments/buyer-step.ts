/** Where the buyer goes to pay: an address at the provider, or a piece of HTML that we show. */
export type BuyerStep =
  | { to: 'address'; url: string }
  | {
      to: 'snippet';
      html: string;
      /** Origins that the snippet loads scripts and frames from, and talks to. */
      origins: readonly string[];
    };

/** Why the buyer's try came to nothing, in words that pages have in every language. */
export type BuyerReason =
  | 'declined'
  | 'insufficient funds'
  | 'card expired'
  | 'not authenticated'
  | 'cancelled'
  | 'timed out'
  | 'over the limit'
  | 'barred'
  | 'not eligible'
  | 'try again later';
