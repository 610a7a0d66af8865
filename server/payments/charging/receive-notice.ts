import type { Database } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { noteAgreementNotice } from '../agreements/note-agreement-notice.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import {
  type AttemptRow,
  findAttemptByNoticeToken,
  findAttemptByProviderId,
  findAttemptByReference,
} from '../ledger/attempts-store.ts';
import type { ConfiguredMethod, MethodDirectory } from '../merchants/find-method.ts';
import type { NoticeOutcome } from '../notice-outcome.ts';
import type { Notice, NoticeReading, NoticeSubject } from '../port/notice.ts';
import { checkPurchase } from './check-purchase.ts';
import { resolveSoon } from './resolve-attempt.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  secrets: { sealing: SealingKeys };
  wakeWorker(): void;
};

/**
 * Takes a provider's notice at the unguessable address of a merchant. It is stored as a question to ask, and
 * answered; only where the provider cannot be asked it counts by itself, for an attempt that we made.
 * Adapters that share the account read it in turn, until one finds something of its own that it is about.
 */
export async function receiveMerchantNotice(
  context: Context,
  account: string,
  gateToken: string,
  notice: Notice,
): Promise<NoticeOutcome> {
  const sharing = context.methods.findByToken(account, gateToken);
  // This node may not have read a new merchant yet; a refusal makes the provider send the notice again.
  if (sharing.length === 0) return 'wrong credentials';
  for (const configured of sharing) {
    const reading = configured.method.readNotice?.(configured.settings, notice);
    if (!reading || reading.kind === 'ignored') continue;
    const outcome = await take(context, configured, reading);
    if (outcome !== 'not ours') return outcome;
  }
  return 'not ours';
}

/** Takes a notice at the unguessable address of one attempt. */
export async function receiveAttemptNotice(
  context: Context,
  adapter: string,
  noticeToken: string,
  notice: Notice,
): Promise<NoticeOutcome> {
  const attempt = await findAttemptByNoticeToken(context.database, noticeToken);
  if (attempt?.adapter !== adapter) return 'not ours';
  const configured = context.methods.findByAdapter(attempt.publisher_id, adapter, attempt.merchant_id);
  const reading = configured?.method.readNotice?.(configured.settings, notice);
  if (!configured || !reading || reading.kind === 'ignored') return 'not ours';
  return take(context, configured, reading, keyOf(attempt));
}

type KnownAttempt = { publisherId: number; attemptId: number };

async function take(
  context: Context,
  configured: ConfiguredMethod,
  reading: Exclude<NoticeReading, { kind: 'ignored' }>,
  ofAddress?: KnownAttempt,
): Promise<NoticeOutcome> {
  switch (reading.kind) {
    case 'refused':
      return reading.reason;
    case 'agreement':
      return noteAgreementNotice(context, configured, reading.token);
    case 'may this be paid':
      return ofAddress && (await checkPurchase(context.database, ofAddress, reading))
        ? 'may be paid'
        : 'may not be paid';
    case 'ask': {
      const about = await findSubject(context, configured, reading.about, ofAddress);
      return about ? askSoon(context, about) : 'not ours';
    }
    case 'evidence': {
      const about = await findSubject(context, configured, { reference: reading.reference }, ofAddress);
      if (!about) return 'not ours';
      await context.database.transaction('apply-notice', (transaction) =>
        applyEvidence(context, transaction, { ...about, source: 'notice', evidence: reading.evidence }),
      );
      return 'taken';
    }
  }
}

async function findSubject(
  { database }: Context,
  { publisherId, method, merchantId }: ConfiguredMethod,
  subject: NoticeSubject,
  ofAddress: KnownAttempt | undefined,
): Promise<KnownAttempt | undefined> {
  if (subject === 'the attempt of the address') return ofAddress;
  const row =
    'reference' in subject
      ? await findAttemptByReference(
          database,
          { publisherId, adapter: method.name, merchantId },
          subject.reference,
        )
      : await findAttemptByProviderId(database, publisherId, method.name, subject.providerId);
  return row && keyOf(row);
}

function keyOf(row: AttemptRow): KnownAttempt {
  return { publisherId: row.publisher_id, attemptId: row.attempt_id };
}

/**
 * One question waits for each attempt, however many notices come, so that a lost connection costs none: the
 * one statement that writes it is run again.
 */
async function askSoon(context: Context, about: KnownAttempt): Promise<NoticeOutcome> {
  await resolveSoon(context.database.repeatable, [about]);
  context.wakeWorker();
  return 'taken';
}
