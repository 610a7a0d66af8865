import type { FaultKind } from '../kit/faults.ts';

/** What the faults of Swedbank Pay, its charges and its reports are called by. */
export const provider = 'swedbankpay';

/** Drawn once for each callback that becomes due. */
export const callbackFaults: readonly FaultKind[] = [
  'duplicate',
  'late',
  'lost',
  'early',
  'reordered',
  'wrong-signature',
];

/** Drawn once for each request. */
export const requestFaults: readonly FaultKind[] = [
  'error-500',
  'timeout-before',
  'timeout-after-success',
  'slow',
];
