import type { Statement } from '@leveret/server/database/statement.js';

/** What instrumented code asks while it runs: whether a mutant is switched on. What was asked is covered. */
export type Switches = {
  active: number;
  covered: Set<number>;
  /** What was asked while files were loaded. */
  readOnLoad: Set<number>;
  /** Every mutated statement that was loaded, by mutant. */
  statements: Map<number, Statement>;
  isOn(id: number): boolean;
  statement(own: Statement, broken: readonly (readonly [number, Statement])[]): Statement;
};

/** The name under which instrumented code finds the switches. */
export const switchesName = '__mutants';

export function createSwitches(): Switches {
  const switches: Switches = {
    active: 0,
    covered: new Set(),
    readOnLoad: new Set(),
    statements: new Map(),
    isOn(id) {
      switches.covered.add(id);
      return id === switches.active;
    },
    statement(own, broken) {
      const byId = new Map(broken);
      for (const [id, statement] of byId) switches.statements.set(id, statement);
      const chosen = () => {
        for (const id of byId.keys()) switches.covered.add(id);
        return byId.get(switches.active) ?? own;
      };
      return {
        get name() {
          return chosen().name;
        },
        get text() {
          return chosen().text;
        },
      };
    },
  };
  return switches;
}
