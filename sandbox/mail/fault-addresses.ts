import type { DeliveryStatus } from './write-delivery-report.ts';

/** Addresses by their local part, also with a tag (`bounce+anything@…`). */
const refusedTries = 2;

export type AddressRefusal = { code: 550 | 451; message: string };

/** What happens to a mail that was accepted: does it arrive, and what is its sender told `afterSeconds`? */
export type Fate = { afterSeconds: number; arrives: boolean; status: DeliveryStatus };

const soonSeconds = 5;
const fates: Readonly<Record<string, Fate>> = {
  'bounce-later': {
    afterSeconds: soonSeconds,
    arrives: false,
    status: { action: 'failed', status: '5.1.1', diagnostic: '550 5.1.1 No such mailbox' },
  },
  'bounce-full': {
    afterSeconds: soonSeconds,
    arrives: false,
    status: { action: 'failed', status: '5.2.2', diagnostic: '552 5.2.2 Mailbox full' },
  },
  delayed: {
    afterSeconds: soonSeconds,
    arrives: true,
    status: { action: 'delayed', status: '4.4.1', diagnostic: '421 4.4.1 No answer from host' },
  },
};

/** What becomes of an accepted mail to this address; nothing unless it stands for a fate. */
export function fateOf(address: string): Fate | undefined {
  const name = nameOf(address);
  return Object.hasOwn(fates, name) ? fates[name] : undefined;
}

/** Remembers how often an address was tried, and says whether this try is refused. */
export function makeFaultAddresses(): { check(address: string): AddressRefusal | undefined; forget(): void } {
  const tries = new Map<string, number>();
  return {
    check(address) {
      const name = nameOf(address);
      if (name === 'bounce') return { code: 550, message: '5.1.1 No such mailbox' };
      if (name !== 'tempfail') return undefined;
      const tried = (tries.get(address.toLowerCase()) ?? 0) + 1;
      tries.set(address.toLowerCase(), tried);
      return tried <= refusedTries ? { code: 451, message: '4.3.0 Mailbox busy, try later' } : undefined;
    },
    forget: () => tries.clear(),
  };
}

function nameOf(address: string): string {
  return address.toLowerCase().split(/[+@]/, 1)[0] ?? '';
}
