/** Addresses by their local part, also with a tag (`bounce+anything@…`). */
const refusedTries = 2;

export type AddressRefusal = { code: 550 | 451; message: string };

/** Remembers how often an address was tried, and says whether this try is refused. */
export function makeFaultAddresses(): { check(address: string): AddressRefusal | undefined; forget(): void } {
  const tries = new Map<string, number>();
  return {
    check(address) {
      const [name] = address.toLowerCase().split(/[+@]/, 1);
      if (name === 'bounce') return { code: 550, message: '5.1.1 No such mailbox' };
      if (name !== 'tempfail') return undefined;
      const tried = (tries.get(address.toLowerCase()) ?? 0) + 1;
      tries.set(address.toLowerCase(), tried);
      return tried <= refusedTries ? { code: 451, message: '4.3.0 Mailbox busy, try later' } : undefined;
    },
    forget: () => tries.clear(),
  };
}
