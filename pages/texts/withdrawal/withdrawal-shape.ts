/** Why nothing is withdrawn from at once; the words that the server's rules use. */
export type WhyNot =
  | 'not proven'
  | 'order unknown'
  | 'not completed'
  | 'too late'
  | 'not offered'
  | 'buyer outside the EEA'
  | 'bought for a business'
  | 'single issue'
  | 'digital content begun';

/** How money goes back. */
export type BackBy = 'us' | 'invoice' | 'hand';

/** The words of the pages on which a reader withdraws from a contract. */
export type WithdrawalTexts = {
  heading: string;
  sentence: string;
  name: string;
  order: string;
  orderHint: string;
  email: string;
  emailHint: string;
  what: string;
  whatHint: string;
  /** The same of what was chosen: as the receipt's e-mail has it. */
  about: string;
  goOn: string;
  missing: { name: string; order: string; email: string; lines: string; several: string };
  /** Of a reader who is logged in. */
  own: string;
  ownOrder: (order: number, day: string) => string;
  otherwise: string;
  daysLeft: (days: number) => string;
  noRight: string;
  ofOrder: (order: string) => string;
  /** Of an order with nothing left to withdraw from. */
  orderOnly: (order: string) => string;
  choose: string;
  until: (day: string) => string;
  whyNot: Record<WhyNot, string>;
  withdrawn: string;
  wentBack: (amount: string) => string;
  notCompleted: string;
  /** Of an order that came to nothing before. */
  stopped: string;
  /** Of a line that somebody else has received. */
  gift: string;
  /** Where nothing of the order has a right of withdrawal. */
  mayStillState: string;
  confirmHeading: string;
  confirmSentence: string;
  whole: string;
  /** In the words of directive 2011/83/EU, article 11a(3), and no others: see decision 55. */
  confirm: string;
  change: string;
  amountBack: string;
  back: Record<BackBy, string>;
  nothingBack: string;
  received: string;
  receipt: (destination: string | undefined) => string;
  at: string;
  accepted: string;
  cancelled: string;
  stoppedBefore: string;
  giftEnded: string;
  partly: string;
  repeated: string;
  looked: (publisherName: string) => string;
  toConfirm: string;
};
