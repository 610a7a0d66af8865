/** Amounts (minor units) whose authorization is refused; from Vipps MobilePay's test environment. */
export const refusedAmounts: Readonly<Record<number, string>> = {
  151: 'insufficient funds',
  182: 'refused by the issuer',
  183: 'suspected fraud',
  184: 'withdrawal limit exceeded',
  186: 'expired card',
  187: 'invalid card',
  197: '3-D Secure denied',
  202: 'strong customer authentication required',
};

/** What becomes of it is not known for an hour; then it is paid. */
export const slowAmount = 201;
export const slowSeconds = 3600;

/** A refund of this amount finds no account to go to, or comes too late. */
export const refusedRefunds = { noAccount: 123, tooLate: 124 };

/** A number that nobody who may pay has, and one that is not taken for a number. */
export const strangerMobile = '4790000404';
export const unreadableMobile = '4790000407';
