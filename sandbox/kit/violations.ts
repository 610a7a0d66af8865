/** A request that breaks its provider's contract. */
export type Violation = { provider: string; method: string; path: string; rule: string };

export type Violations = { note(violation: Violation): void; list(): Violation[]; forget(): void };

/** Counts what a provider had to refuse as malformed: a client that is well made leaves none. */
export function openViolations(): Violations {
  const noted: Violation[] = [];
  return {
    note: (violation) => void noted.push(violation),
    list: () => [...noted],
    forget() {
      noted.length = 0;
    },
  };
}
