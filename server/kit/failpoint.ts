import { appendFileSync } from 'node:fs';

/**
 * Named places where a test may kill the process. They stand before and after each commit and each
 * outbound call; unarmed they cost two comparisons.
 */
let armed: { name: string; passes: number } | undefined;
let passes: string | undefined;

/**
 * Arms one failpoint: the process kills itself the `nth` time it passes it. For tests of crash recovery only.
 */
export function armFailpoint(name: string, nth: number): void {
  armed = { name, passes: nth };
}

/**
 * From now on the name of each failpoint is appended to a file whenever it is passed, so that a test finds
 * all.
 */
export function listFailpoints(file: string): void {
  passes = file;
}

export function failpoint(name: string): void {
  if (passes !== undefined) appendFileSync(passes, `${name}\n`);
  if (armed === undefined || armed.name !== name) return;
  armed.passes -= 1;
  if (armed.passes <= 0) process.kill(process.pid, 'SIGKILL');
}
