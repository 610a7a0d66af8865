/** A payment info of an order, and what the order says about it. */
export type GivenInfo = {
  isPrepaid: boolean;
  /** It is the one of the order's method. */
  isOfMethod: boolean;
  /** The order also carries the one of its method. */
  hasOfMethod: boolean;
  /** The order's method has a payment info. */
  methodHasInfo: boolean;
};

/**
 * Evidence that nobody reads may mean that `prepaid` or another method was meant, and is warned of. A prepaid
 * order whose only evidence stands under another method's name is refused: the same payment could pay the
 * next order too.
 */
export function judgePaymentInfo(given: GivenInfo): 'used' | 'not prepaid' | 'of another' | 'refused' {
  if (!given.isPrepaid) return 'not prepaid';
  if (given.isOfMethod) return 'used';
  return given.methodHasInfo && !given.hasOfMethod ? 'refused' : 'of another';
}
