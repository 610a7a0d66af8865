import type { ChargeState } from '../kit/ledger.ts';
import type { World } from '../kit/world.ts';
import type { Submitted } from './delivery-report.ts';
import { type Gates, openGates } from './gates.ts';
import { type Reporting, startReporting } from './post-report.ts';

export type Booking = { id: string; state: ChargeState };

/** LINK Mobility's side of the sandbox. */
export type Link = {
  world: World;
  gates: Gates;
  reporting: Reporting;
  /** Charges are remembered, so that buyer and provider can still decide on them. */
  keepSubmitted(charge: Submitted): void;
  submitted(id: string): Submitted | undefined;
  book(booking: Booking): void;
  promiseBooking(atMilliseconds: number, booking: Booking): void;
  forget(): void;
};

export const bookingWorkKind = 'link booking';

/** Opens LINK's records and declares the work that it promises. */
export function openLink(world: World): Link {
  const submitted = new Map<string, Submitted>();
  const gates = openGates(world.journal);
  const keepSubmitted = world.journal.kind<Submitted>(
    'link charge',
    (charge) => submitted.set(charge.id, charge),
    () => submitted.values(),
  );
  const book = ({ id, state }: Booking) => {
    const charge = world.ledger.charge(id);
    if (charge) world.ledger.bookCharge({ ...charge, state, bookedAt: world.clock.timestamp() });
  };
  return {
    world,
    gates,
    reporting: startReporting(world, gates),
    keepSubmitted,
    submitted: (id) => submitted.get(id),
    book,
    promiseBooking: world.dueWork.kind<Booking>(bookingWorkKind, async (booking) => book(booking)),
    forget: () => submitted.clear(),
  };
}
