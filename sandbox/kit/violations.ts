/** A request that breaks its provider's contract. */
export type Violation = { provider: string; method: string; path: string; rule: string };

export type Violations = { note(violation: Violation): void; list(): Violation[]; forget(): void };

const mostKept = 1000;

/** The first 1,000 requests that broke a provider's contract; a client that is well made leaves none. */
export function openViolations(): Violations {
  const noted: Violation[] = [];
  return {
    note(violation) {
      if (noted.length < mostKept) noted.push(violation);
    },
    list: () => [...noted],
    forget() {
      noted.length = 0;
    },
  };
}
