import type { NewJob } from './work.ts';

/** The work of the house itself, which belongs to no publisher. */
export const house = '0';

/**
 * The lane of a job: its name, its publisher (0 for the house's own work) and, where it says so, one word
 * more. Lanes of one name and publisher stand together in the index.
 */
export function laneOf({
  name,
  publisherId,
  within,
}: Pick<NewJob, 'name' | 'publisherId' | 'within'>): string {
  const owner = `${name} ${publisherId ?? house}`;
  return within === undefined ? owner : `${owner} ${within}`;
}

/** Whose lane it is, and of which kind of job. */
export function readLane(lane: string): { name: string; publisher: string } {
  const [name = lane, publisher = house] = lane.split(' ', 2);
  return { name, publisher };
}
