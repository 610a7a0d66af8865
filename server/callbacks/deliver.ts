import type { Secrets } from '../config/secrets.ts';
import type { Database } from '../database/transaction.ts';
import { failpoint } from '../kit/failpoint.ts';
import type { HttpRequest, SharedHttpClient } from '../kit/http-client.ts';
import type { LaterStep } from '../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult } from '../kit/work-queue/work.ts';
import { buildCallback, buildWebhook } from './build-request.ts';
import { type CallbackEvent, longestWaitSeconds, planNextTry } from './callback.ts';
import { deliverJobFor } from './deliver-job.ts';
import type { DeliveryLanes } from './delivery-lanes.ts';
import { openSecrets, signingSecrets } from './endpoint-secrets.ts';
import type { LoadedDelivery } from './load-delivery.ts';
import { readTry, type Try } from './read-try.ts';
import { failWithoutTry, type MadeTry, recordWebhookTry, type Verdict } from './record-try.ts';

type Context = {
  database: Database;
  deliveries: DeliveryLanes;
  secrets: Pick<Secrets, 'sealing'>;
  outbound: Pick<SharedHttpClient, 'of'>;
  random: () => number;
};

type Queued = Extract<CallbackEvent, { name: 'callback queued' | 'webhook queued' }>;

/** Sends what was queued, soon after the commit. */
export const deliver: LaterStep<Queued> = { stepName: 'deliver', jobFor: deliverJobFor };

/**
 * The plan of tries stands with the delivery; this one is for faults of our own and never gives up soon.
 * With fewer places in a lane, a publisher whose site takes 100 ms would fall behind at 50 orders/s; a site
 * that hangs holds its places only until its breaker opens.
 */
export const deliverJob: JobKind<Context> = {
  run: runDelivery,
  retryAfterSeconds: [5, 30, 120, 600, ...Array.from({ length: 100 }, () => 3_600)],
  concurrency: 16,
  concurrencyOfAllLanes: 128,
  leaseSeconds: 12,
};

const waitForFormerSeconds = 30;
const blockedSeconds = 60;

/** One try of one delivery, at least once: a repeat has the same id, and only a lost record causes one. */
async function runDelivery(context: Context, job: Job): Promise<JobResult> {
  const { publisherId, deliveryId } = job.arguments;
  const key = { publisherId: Number(publisherId), deliveryId: Number(deliveryId) };
  const { delivery } = await context.deliveries.load(key);
  if (!delivery || delivery.state !== 'waiting') return done;
  if (delivery.seconds_until_due > 0) return later(delivery.seconds_until_due, 'not due yet');
  if (delivery.must_wait) return later(waitForFormerSeconds, 'an earlier event goes first');
  const request = await buildRequest(context, delivery);
  if (!request) {
    await failWithoutTry(context.database, delivery);
    return done;
  }
  if (!(await job.isHeld())) return later(0, 'another runner has it');
  return tryOnce(context, delivery, request);
}

async function tryOnce(context: Context, delivery: LoadedDelivery, request: HttpRequest): Promise<JobResult> {
  const startedAt = performance.now();
  failpoint('before deliver');
  const outcome = await context.outbound.of({ publisherId: delivery.publisher_id }).send(request);
  failpoint('after deliver');
  const made = readTry(outcome, performance.now() - startedAt, delivery.now);
  if (made) {
    const verdict = judge(context, delivery, made);
    await record(context, { delivery, made, verdict });
    return verdict.nextTrySeconds === undefined ? done : later(verdict.nextTrySeconds, made.outcome);
  }
  if (delivery.seconds_since_queued < longestWaitSeconds) {
    return later(blockedSeconds * (0.8 + 0.4 * context.random()), 'the host is left alone for now');
  }
  await failWithoutTry(context.database, delivery);
  return done;
}

function record(context: Context, one: MadeTry): Promise<void> {
  const endpointId = one.delivery.endpoint_id;
  return endpointId === null
    ? context.deliveries.record(one)
    : recordWebhookTry(context.database, one, endpointId);
}

/** The request of this try, or nothing for an endpoint that is deleted or switched off. */
async function buildRequest(context: Context, delivery: LoadedDelivery): Promise<HttpRequest | undefined> {
  if (delivery.endpoint_id === null) {
    return buildCallback(delivery, await context.deliveries.findKeys(delivery.publisher_id));
  }
  if (delivery.sealed_secrets === null) return undefined;
  const secrets = openSecrets(context.secrets.sealing, delivery.endpoint_id, delivery.sealed_secrets);
  return buildWebhook(delivery, signingSecrets(secrets, delivery.now));
}

function judge(context: Context, delivery: LoadedDelivery, made: Try): Verdict {
  if (made.outcome === 'delivered') return { state: 'delivered', nextTrySeconds: undefined };
  if (made.outcome === 'gone') return { state: 'failed', nextTrySeconds: undefined };
  // A receiver that was often not even tried has had its time when the plan would have ended.
  const isLate = delivery.seconds_since_queued >= longestWaitSeconds;
  const next = isLate
    ? undefined
    : planNextTry(delivery.failures + 1, made.retryAfterSeconds, context.random);
  return next === undefined
    ? { state: 'failed', nextTrySeconds: undefined }
    : { state: 'waiting', nextTrySeconds: next };
}

function later(afterSeconds: number, reason: string): JobResult {
  return { kind: 'later', afterSeconds, reason, isFailure: false };
}
