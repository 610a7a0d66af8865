/** What came of a provider's notice, and so how it is answered. */
export type NoticeOutcome =
  | 'taken'
  | 'not ours'
  | 'wrong credentials'
  | 'not understood'
  | 'may be paid'
  | 'may not be paid';
