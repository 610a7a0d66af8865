import { slowAmount, slowSeconds } from '../magic-values.ts';
import type { Vipps } from '../vipps.ts';
import { failCharge, isRefused, payCharge } from './change-charge.ts';
import { isOpen } from './charge.ts';

const daySeconds = 86_400;

/** A month before its day a charge becomes visible in the app. */
export function showInApp(vipps: Vipps, id: string): void {
  const charge = vipps.charges.get(id);
  if (charge?.status === 'PENDING') vipps.charges.put({ ...charge, status: 'DUE' });
}

/** The batch of the day: takes what is due; what the bank refuses is tried daily while retry days last. */
export function processCharge(vipps: Vipps, id: string): void {
  const charge = vipps.charges.get(id);
  if (!charge || !isOpen(charge)) return;
  const now = vipps.world.clock.now();
  if (isRefused(charge)) {
    const lastTryAt = charge.dueAtMilliseconds + charge.retryDays * daySeconds * 1000;
    if (now >= lastTryAt) return failCharge(vipps, charge, 'user_action_required');
    vipps.charges.put({ ...charge, status: 'DUE', failureReason: 'user_action_required' });
    return vipps.later(now + daySeconds * 1000, { what: 'process charge', id });
  }
  if (charge.amount === slowAmount && charge.status !== 'PROCESSING') {
    vipps.charges.put({ ...charge, status: 'PROCESSING' });
    return vipps.later(now + slowSeconds * 1000, { what: 'process charge', id });
  }
  payCharge(vipps, charge);
}
