import { appendFileSync } from 'node:fs';

/**
 * Named places where a test may kill the process. They stand before and after each commit and each
 * outbound call; unarmed they cost two comparisons.
 */
let armed: { name: string; passes: number } | undefined;
let passed: { file: string; names: Set<string> } | undefined;

/**
 * Arms one failpoint: the process kills itself the `nth` time it passes it. For tests of crash recovery only.
 */
export function armFailpoint(name: string, nth: number): void {
  armed = { name, passes: nth };
}

/** From now on each name that is passed is appended to a file once, so that a test can find all of them. */
export function listFailpoints(file: string): void {
  passed = { file, names: new Set() };
}

export function failpoint(name: string): void {
  if (passed !== undefined && !passed.names.has(name)) {
    passed.names.add(name);
    appendFileSync(passed.file, `${name}\n`);
  }
  if (armed === undefined || armed.name !== name) return;
  armed.passes -= 1;
  if (armed.passes <= 0) process.kill(process.pid, 'SIGKILL');
}
