import type { Database } from '../../database/transaction.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { Log } from '../../kit/log.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import type { MethodSettings, NoticesRegistered, PaymentMethod } from '../port/payment-method.ts';
import { callFor } from './call-for.ts';
import { accountOf, adaptersOf, findAdapter, type MethodDirectory } from './find-method.ts';
import {
  findMerchant,
  keyOf,
  listMerchants,
  lockMerchant,
  type MerchantKey,
  noteNotices,
  openMerchant,
  writeMerchant,
} from './merchants-store.ts';
import { unregistrationJobs } from './unregister-notices.ts';

type Context = {
  database: Database;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
  settings: { publicUrl: string };
  methods: Pick<MethodDirectory, 'refresh'>;
  log: Log;
};

/** Tries for a day and a half; the daily sweep comes round before that. */
export const registerNoticesJob: JobKind<Context> = {
  run: (context, job) => runRegisterNotices(context, job),
  retryAfterSeconds: [5, 30, 120, 600, 3600, 21_600, 86_400],
  concurrency: 4,
  leaseSeconds: 12,
};

/**
 * The job that sees to the notices of a merchant's account: one for all adapters that share it, since two at
 * once would each register, and the provider would go on telling with a secret that nobody kept.
 */
export function registrationJobs(key: MerchantKey): NewJob[] {
  const { publisherId, account, merchantId } = key;
  return registering(account)
    .slice(0, 1)
    .map((method) => ({
      name: 'register-notices',
      publisherId,
      key: `${publisherId} ${account} ${merchantId}`,
      arguments: { publisherId, adapter: method.name, merchantId },
    }));
}

function registering(account: string): PaymentMethod[] {
  return adaptersOf(account).filter((method) => method.registerNotices !== undefined);
}

/** Has every merchant's registration looked after: a provider may have lost it, or our address changed. */
export async function sweepNotices(context: { database: Database }): Promise<void> {
  const rows = await listMerchants(context.database);
  const jobs = rows.flatMap((row) => registrationJobs(keyOf(row)));
  await context.database.transaction('sweep-notices', (transaction) => enqueue(transaction, jobs));
}

/** The address at which an account's provider tells us of a merchant. */
export function noticeUrlOf(publicUrl: string, account: string, gateToken: string): string {
  return `${publicUrl}/capi/notices/${account}/${gateToken}`;
}

async function runRegisterNotices(context: Context, job: Job): Promise<JobResult> {
  const method = findAdapter(String(job.arguments['adapter']));
  if (!method) return done;
  const key: MerchantKey = {
    publisherId: Number(job.arguments['publisherId']),
    account: accountOf(method),
    merchantId: String(job.arguments['merchantId']),
  };
  for (const sharing of registering(key.account)) {
    const result = await registerOne(context, job, sharing, key);
    if (result.kind !== 'done') return result;
  }
  return done;
}

/** Reads the settings anew: an adapter of the same account may have registered just before. */
async function registerOne(
  context: Context,
  job: Job,
  method: PaymentMethod,
  key: MerchantKey,
): Promise<JobResult> {
  const row = await findMerchant(context.database, key);
  if (!row) return done;
  const used = openMerchant(context.secrets.sealing, row);
  const answer = await register(context, method, key, used);
  switch (answer.kind) {
    case 'kept':
      await noteNotices(context.database, key, method.name, { state: 'registered', code: null });
      return done;
    case 'registered':
      await keepMade(context, method, key, { used, answered: answer.settings });
      await context.methods.refresh();
      return done;
    case 'failed':
      return noteFailure(context, job, method, key, answer.code);
  }
}

async function register(
  context: Context,
  method: PaymentMethod,
  key: MerchantKey,
  settings: MethodSettings,
): Promise<NoticesRegistered> {
  const gateToken = settings['gateToken'];
  if (!method.registerNotices) return { kind: 'kept' };
  if (gateToken === undefined) return { kind: 'failed', code: 'gateToken is missing' };
  const url = noticeUrlOf(context.settings.publicUrl, key.account, gateToken);
  return method.registerNotices(callFor(context, { ...key, method, settings }), url);
}

/**
 * Puts what the provider answered to the settings of now, which may have changed meanwhile. Where the account
 * was forgotten meanwhile, what was just registered for it ends again.
 */
async function keepMade(
  { database, secrets: { sealing } }: Context,
  method: PaymentMethod,
  key: MerchantKey,
  { used, answered }: { used: MethodSettings; answered: MethodSettings },
): Promise<void> {
  const isMade = new Set(method.settings.filter((one) => one.isMade).map((one) => one.name));
  const made = Object.fromEntries(Object.entries(answered).filter(([name]) => isMade.has(name)));
  await database.transaction('keep-notices', async (transaction) => {
    const row = await lockMerchant(transaction, key);
    if (!row) return enqueue(transaction, unregistrationJobs(sealing, key, { ...used, ...made }));
    await writeMerchant(transaction, sealing, key, method, { ...openMerchant(sealing, row), ...made });
    await noteNotices(transaction, key, method.name, { state: 'registered', code: null });
  });
}

/** After the last try it is only shown and logged: payments go on, as providers are asked as well. */
async function noteFailure(
  { database, log }: Context,
  job: Job,
  method: PaymentMethod,
  key: MerchantKey,
  code: string,
): Promise<JobResult> {
  const isLast = job.failures >= registerNoticesJob.retryAfterSeconds.length;
  await noteNotices(database, key, method.name, { state: isLast ? 'failed' : 'failing', code });
  if (!isLast) return { kind: 'later', reason: code };
  const { publisherId } = key;
  log.error({ publisherId, provider: method.name, reason: code }, 'notices could not be registered');
  return done;
}
