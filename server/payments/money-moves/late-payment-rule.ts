import type { PublisherSettings } from '../../publishers/publisher-settings.ts';

/**
 * Whether the payment of a stopped order goes back, by the publisher's choice: unless it chose, where the
 * method has a refund. Where it does not go back it completes the order. That of a cancelled order always
 * goes back.
 */
export function isLatePaymentGivenBack(
  choice: PublisherSettings['lateMoney'],
  { isCancelled, canRefund }: { isCancelled: boolean; canRefund: boolean },
): boolean {
  if (isCancelled) return true;
  switch (choice) {
    case 'give back':
      return true;
    case 'complete':
      return false;
    case 'complete if no refund':
      return canRefund;
  }
}
