import type { NewJob } from './work.ts';

/** The work of the installation itself, which belongs to no publisher. */
export const installation = '0';

/**
 * The lane of a job: its name, its publisher (0 for the installation's own work) and, where it says so, one
 * word more. Lanes of one name and publisher stand together in the index.
 */
export function laneOf({
  name,
  publisherId,
  within,
}: Pick<NewJob, 'name' | 'publisherId' | 'within'>): string {
  const owner = `${name} ${publisherId ?? installation}`;
  return within === undefined ? owner : `${owner} ${within}`;
}

/** Whose lane it is, and of which kind of job. */
export function readLane(lane: string): { name: string; publisher: string } {
  const [name = lane, publisher = installation] = lane.split(' ', 2);
  return { name, publisher };
}
