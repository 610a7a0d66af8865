/**
 * Named places where a test may kill the process. They stand before and after each commit and each
 * outbound call; unarmed they cost one comparison.
 */
let armed: { name: string; passes: number } | undefined;

/** Arms one failpoint: the process kills itself the `nth` time it passes it. For tests of crash recovery only. */
export function armFailpoint(name: string, nth: number): void {
  armed = { name, passes: nth };
}

export function failpoint(name: string): void {
  if (armed === undefined || armed.name !== name) return;
  armed.passes -= 1;
  if (armed.passes <= 0) process.kill(process.pid, 'SIGKILL');
}
