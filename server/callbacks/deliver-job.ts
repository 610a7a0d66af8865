import type { NewJob } from '../kit/work-queue/work.ts';

type Queued = { publisherId: number; deliveryId: number; host: string };

/** One job for each delivery, in a lane for each host, so that a slow receiver keeps only its own waiting. */
export function deliverJobFor(queued: Queued): NewJob {
  const { publisherId, deliveryId, host } = queued;
  return {
    name: 'deliver',
    lane: `deliver ${host}`,
    key: String(deliveryId),
    publisherId,
    arguments: { publisherId, deliveryId },
  };
}
