import type { CarriedAccess } from './carried-access.ts';

/** What an account has here. What was carried has no order, so that its end may be moved. */
export type StandingAccess = CarriedAccess & { orderId: number; isCarried: boolean };

export type AccessPlan =
  | { does: 'add'; access: CarriedAccess }
  | { does: 'move end'; orderId: number; endsAt: Date | undefined };

/**
 * What becomes of the access that a file tells of. What is there is passed over, whoever gave it. What was
 * carried and ends at another time by now ends then; nothing is taken away.
 */
export function decideCarriedAccess(
  carried: readonly CarriedAccess[],
  standing: readonly StandingAccess[],
): AccessPlan[] {
  return carried.flatMap((access): AccessPlan[] => {
    const alike = standing.filter((one) => isSame(one, access));
    if (alike.some(({ endsAt }) => endsAt?.getTime() === access.endsAt?.getTime())) return [];
    const moved = alike.find(({ isCarried }) => isCarried);
    if (moved) return [{ does: 'move end', orderId: moved.orderId, endsAt: access.endsAt }];
    return [{ does: 'add', access }];
  });
}

function isSame(one: CarriedAccess, other: CarriedAccess): boolean {
  return (
    one.kind === other.kind &&
    one.product === other.product &&
    one.issue === other.issue &&
    one.articleRef === other.articleRef &&
    one.categoryType === other.categoryType &&
    Number(one.startsAt) === Number(other.startsAt)
  );
}
