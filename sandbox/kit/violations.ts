/** A request that breaks a provider's contract: `rule` says how, without values. */
export type Violation = { provider: string; method: string; path: string; rule: string };

export type Violations = {
  note(violation: Violation): void;
  list(): Violation[];
  forget(): void;
};

/** What clients did wrong by the providers' contracts since the sandbox started or forgot. */
export function openViolations(): Violations {
  let noted: Violation[] = [];
  return {
    note: (violation) => void noted.push(violation),
    list: () => noted,
    forget() {
      noted = [];
    },
  };
}
