/** A request that a provider's contract does not allow. */
export type Violation = { provider: string; method: string; path: string; rule: string };

export type Violations = { note(violation: Violation): void; list(): Violation[]; forget(): void };

/** Every request that broke a contract, so that a test can say that there was none. */
export function makeViolations(): Violations {
  let noted: Violation[] = [];
  return {
    note: (violation) => void noted.push(violation),
    list: () => [...noted],
    forget() {
      noted = [];
    },
  };
}
