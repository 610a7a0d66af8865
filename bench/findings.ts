import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** One measured figure, with its goal where there is one. */
export type Finding = {
  figure: string;
  value: number;
  unit: string;
  goal?: { atLeast: number } | { atMost: number };
  /** What else was seen in the same run. */
  note?: string;
};

const widths = [46, 20, 14, 5] as const;

/** A line of the table: figure, value, goal, whether it is met, and what else was seen. */
export function describeFinding(finding: Finding): string {
  const { figure, goal, note } = finding;
  const value = `${round(finding.value)} ${finding.unit}`;
  const cells = [figure.padEnd(widths[0]), value.padStart(widths[1]), describeGoal(goal).padStart(widths[2])];
  const verdict = (goal === undefined ? '' : isMet(finding) ? 'ok' : 'MISS').padStart(widths[3]);
  return `${cells.join(' ')} ${verdict}${note === undefined ? '' : `  ${note}`}`;
}

/** Whether a figure reaches its goal; one without a goal does. */
function isMet({ value, goal }: Finding): boolean {
  if (goal === undefined) return true;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

function describeGoal(goal: Finding['goal']): string {
  if (goal === undefined) return '';
  return 'atLeast' in goal ? `>= ${round(goal.atLeast)}` : `<= ${round(goal.atMost)}`;
}

export function round(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** Writes the figures with what is needed to compare them with another machine's. */
export function writeJson(file: string, findings: readonly Finding[], run: object): void {
  const machine = { cores: cpus().length, model: cpus()[0]?.model ?? '', node: process.version };
  const document = { measuredAt: new Date().toISOString(), machine, run, findings };
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
}
