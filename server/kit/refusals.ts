import type { Warning } from './http/read-input.ts';
import { Problem } from './problem.ts';
import type { ProblemCode } from './problem-codes.ts';

/** Gathers every rule that a request breaks, so that a caller learns all of them at once. */
export type Refusals = {
  refuse(code: ProblemCode, field: string, message: string): void;
  warn(rule: string, field: string, message: string): void;
  /** Throws one problem that names every field, under the code of the first broken rule. */
  throwIfAny(): void;
};

export function collectRefusals(warnings: Warning[]): Refusals {
  const refused: { code: ProblemCode; field: string; message: string }[] = [];
  return {
    refuse: (code, field, message) => refused.push({ code, field, message }),
    warn: (rule, field, message) => warnings.push({ field, rule, message }),
    throwIfAny() {
      const [first] = refused;
      if (!first) return;
      throw new Problem(first.code, {
        detail: first.message,
        fields: refused.map(({ code, field, message }) => ({ field, rule: code, message })),
      });
    },
  };
}
