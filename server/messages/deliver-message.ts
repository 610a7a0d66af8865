import type { Database } from '../database/transaction.ts';
import { failpoint } from '../kit/failpoint.ts';
import type { LaterStep } from '../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult } from '../kit/work-queue/work.ts';
import type { MessageChannel, SendOutcome } from './channels/message-channel.ts';
import { type ComposeContext, composeMessage } from './compose-message.ts';
import type { MessageEvent } from './message.ts';
import { failedEvent } from './message-failed.ts';
import { type MessageRow, type RecordedTry, recordTry } from './messages-store.ts';
import { reportToken } from './report-token.ts';

type MessageQueued = Extract<MessageEvent, { name: 'message queued' }>;

export type MessageChannels = { sms: MessageChannel; email: MessageChannel };

type Context = ComposeContext & {
  database: Database;
  secrets: { webhookCredentials: Buffer };
  channels: MessageChannels;
};

export const deliverMessage: LaterStep<MessageQueued> = {
  stepName: 'deliverMessage',
  jobFor: ({ publisherId, messageId, channel, afterSeconds }) => ({
    name: 'deliver-message',
    publisherId,
    within: channel,
    arguments: { publisherId, messageId },
    ...(afterSeconds !== undefined && { afterSeconds }),
  }),
};

/** At least once: a lost answer is tried again with the same reference and the same link. */
export const deliverMessageJob: JobKind<Context> = {
  run: (context, job) => runDeliverMessage(context, job),
  retryAfterSeconds: [5, 30, 120, 600, 1800, 3600, 7200],
  concurrency: 8,
  concurrencyOfAllLanes: 32,
  leaseSeconds: 12,
};

async function runDeliverMessage(context: Context, job: Job): Promise<JobResult> {
  const publisher = Number(job.arguments['publisherId']);
  const messageId = Number(job.arguments['messageId']);
  const message = await context.messageLanes.find({ publisherId: publisher, messageId });
  if (!message || (message.state !== 'waiting' && message.state !== 'unknown')) return done;
  if (message.is_link_ended) return fail(context, message, { reason: 'link ended', isTried: false });
  if (message.seconds_left !== null && message.seconds_left <= 0) {
    return fail(context, message, { reason: 'expired', isTried: false });
  }
  if (job.failures >= deliverMessageJob.retryAfterSeconds.length) {
    return fail(context, message, { reason: 'tries used up', isTried: false });
  }
  const content = await composeMessage(context, message);
  if (!(await job.isHeld()))
    return { kind: 'later', afterSeconds: 1, reason: 'the lease was lost', isFailure: false };
  failpoint('before message');
  const outcome = await context.channels[message.channel].send({
    publisherId: publisher,
    messageId: message.reference,
    reportToken: reportToken(context.secrets.webhookCredentials, publisher, message.message_id),
    to: message.destination,
    content,
    validitySeconds: Math.ceil(message.seconds_left ?? 86_400),
  });
  failpoint('after message');
  return record(context, message, outcome);
}

async function record(context: Context, message: MessageRow, outcome: SendOutcome): Promise<JobResult> {
  switch (outcome.kind) {
    case 'refused':
      return fail(context, message, { reason: outcome.reason, isTried: true });
    case 'accepted':
      await save(context, message, {
        state: 'accepted',
        reason: undefined,
        providerId: outcome.providerMessageId,
        isTried: true,
      });
      return done;
    case 'unknown':
      await save(context, message, { state: 'unknown', reason: outcome.reason, isTried: true });
      return { kind: 'later', reason: outcome.reason };
    case 'later':
      await save(context, message, { state: message.state, reason: outcome.reason, isTried: true });
      return { kind: 'later', reason: outcome.reason };
  }
}

/** Nothing follows from it, so that it is one statement by itself. */
async function save(context: Context, message: MessageRow, tried: RecordedTry): Promise<void> {
  await recordTry(context.database, message, tried);
}

async function fail(
  context: Context,
  message: MessageRow,
  tried: Pick<RecordedTry, 'isTried'> & { reason: string },
): Promise<JobResult> {
  await context.database.transaction('record-message', async (transaction) => {
    const stands = await recordTry(transaction, message, { ...tried, state: 'failed' });
    if (stands) await transaction.report<MessageEvent>([failedEvent(message, tried.reason)]);
  });
  return done;
}
