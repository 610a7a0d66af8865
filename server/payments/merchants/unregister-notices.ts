import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { Log } from '../../kit/log.ts';
import { type SealingKeys, seal, unseal } from '../../kit/seal.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../../kit/work-queue/work.ts';
import type { MethodSettings } from '../port/payment-method.ts';
import { callFor } from './call-for.ts';
import { adaptersOf, findAdapter } from './find-method.ts';
import type { MerchantKey } from './merchants-store.ts';

type Context = { provider: SharedHttpClient; secrets: { sealing: SealingKeys }; log: Log };

/** Tries for a day and a half; then the registration is left to the provider, and logged. */
export const unregisterNoticesJob: JobKind<Context> = {
  run: (context, job) => runUnregisterNotices(context, job),
  retryAfterSeconds: [5, 30, 120, 600, 3600, 21_600, 86_400],
  concurrency: 4,
  leaseSeconds: 12,
};

/**
 * The job that ends what was registered for an account that is forgotten: one for all adapters that share it.
 * It takes the settings along, sealed, as they stand nowhere else any more.
 */
export function unregistrationJobs(
  sealing: SealingKeys,
  key: MerchantKey,
  settings: MethodSettings,
): NewJob[] {
  const { publisherId, account } = key;
  const sealed = seal(sealing, placeOf(publisherId, account), Buffer.from(JSON.stringify(settings)));
  return adaptersOf(account)
    .filter((method) => method.unregisterNotices !== undefined)
    .slice(0, 1)
    .map((method) => ({
      name: 'unregister-notices',
      publisherId,
      arguments: { publisherId, account, adapter: method.name, sealed: sealed.toString('base64') },
    }));
}

function placeOf(publisherId: number, account: string): string {
  return `unregister-notices ${publisherId} ${account}`;
}

async function runUnregisterNotices(context: Context, job: Job): Promise<JobResult> {
  const method = findAdapter(String(job.arguments['adapter']));
  const settings = openSettings(context, job);
  if (!method?.unregisterNotices || !settings) return done;
  const publisherId = Number(job.arguments['publisherId']);
  const call = callFor(context, { method, publisherId, merchantId: '', settings });
  const answer = await method.unregisterNotices(call);
  if (answer.kind === 'gone') return done;
  if (job.failures < unregisterNoticesJob.retryAfterSeconds.length)
    return { kind: 'later', reason: answer.code };
  const about = { publisherId, provider: method.name, reason: answer.code };
  context.log.error(about, 'notices of a forgotten account could not be ended');
  // Done, not dead: what is dead is kept, and the secrets of a forgotten account are not to be.
  return done;
}

/** Nothing where the key that sealed them was replaced meanwhile. */
function openSettings({ secrets }: Context, job: Job): MethodSettings | undefined {
  const place = placeOf(Number(job.arguments['publisherId']), String(job.arguments['account']));
  try {
    const opened = unseal(secrets.sealing, place, Buffer.from(String(job.arguments['sealed']), 'base64'));
    return JSON.parse(opened.toString('utf8'));
  } catch {
    return undefined;
  }
}
