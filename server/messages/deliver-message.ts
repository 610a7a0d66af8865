import type { Database } from '../database/transaction.ts';
import { failpoint } from '../kit/failpoint.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { LaterStep } from '../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult } from '../kit/work-queue/work.ts';
import type { MessageChannel, SendOutcome } from './channels/message-channel.ts';
import { composeMessage } from './compose-message.ts';
import type { MessageEvent } from './message.ts';
import { findMessage, type MessageRow, recordTry } from './messages-store.ts';

type MessageQueued = Extract<MessageEvent, { name: 'message queued' }>;

export type MessageChannels = { sms: MessageChannel; email: MessageChannel };

type Context = {
  database: Database;
  settings: { publicUrl: string };
  secrets: { loginLink: Buffer };
  channels: MessageChannels;
};

export const deliverMessage: LaterStep<MessageQueued> = {
  stepName: 'deliverMessage',
  jobFor: ({ publisherId, messageId, channel }) => ({
    name: 'deliver-message',
    lane: `deliver-message ${channel}`,
    publisherId,
    arguments: { publisherId, messageId },
  }),
};

/** At least once: a lost answer is tried again with the same reference and the same link. */
export const deliverMessageJob: JobKind<Context> = {
  run: (context, job) => runDeliverMessage(context, job),
  retryAfterSeconds: [5, 30, 120, 600, 1800, 3600, 7200],
  concurrency: 8,
  leaseSeconds: 12,
};

async function runDeliverMessage(context: Context, job: Job): Promise<JobResult> {
  const publisher = Number(job.arguments['publisherId']);
  const message = await findMessage(context.database, publisher, Number(job.arguments['messageId']));
  if (!message || (message.state !== 'waiting' && message.state !== 'unknown')) return done;
  if (message.seconds_left !== null && message.seconds_left <= 0) return giveUp(context, message, 'expired');
  if (job.failures >= deliverMessageJob.retryAfterSeconds.length)
    return giveUp(context, message, 'tries used up');
  if (!(await job.isHeld()))
    return { kind: 'later', afterSeconds: 1, reason: 'the lease was lost', isFailure: false };
  failpoint('before message');
  const outcome = await context.channels[message.channel].send({
    messageId: message.reference,
    to: message.destination,
    content: composeMessage(context, message),
    validitySeconds: Math.ceil(message.seconds_left ?? 86_400),
  });
  failpoint('after message');
  return record(context, message, outcome);
}

async function record(context: Context, message: MessageRow, outcome: SendOutcome): Promise<JobResult> {
  switch (outcome.kind) {
    case 'refused':
      return giveUp(context, message, outcome.reason);
    case 'accepted':
      await save(context, message, {
        state: 'accepted',
        reason: undefined,
        providerId: outcome.providerMessageId,
      });
      return done;
    case 'unknown':
      await save(context, message, { state: 'unknown', reason: outcome.reason, providerId: undefined });
      return { kind: 'later', reason: outcome.reason };
    case 'later':
      await save(context, message, { state: message.state, reason: outcome.reason, providerId: undefined });
      return { kind: 'later', reason: outcome.reason };
  }
}

function save(context: Context, message: MessageRow, tried: Parameters<typeof recordTry>[2]): Promise<void> {
  return context.database.transaction('record-message', (transaction) =>
    recordTry(transaction, message, tried),
  );
}

async function giveUp(context: Context, message: MessageRow, reason: string): Promise<JobResult> {
  await context.database.transaction('record-message', async (transaction) => {
    await recordTry(transaction, message, { state: 'failed', reason, providerId: undefined });
    await transaction.report<MessageEvent>([
      {
        name: 'message failed',
        publisherId: publisherId(message.publisher_id),
        ...(message.order_id !== null && { orderId: orderId(message.order_id) }),
        messageId: message.message_id,
      },
    ]);
  });
  return done;
}
