import type { NewJob } from '../kit/work-queue/work.ts';

type Queued = { publisherId: number; deliveryId: number; host: string };

/** One job for each delivery; a slow host keeps only what goes to it waiting. */
export function deliverJobFor(queued: Queued): NewJob {
  const { publisherId, deliveryId, host } = queued;
  return {
    name: 'deliver',
    key: String(deliveryId),
    publisherId,
    within: host,
    arguments: { publisherId, deliveryId },
  };
}
