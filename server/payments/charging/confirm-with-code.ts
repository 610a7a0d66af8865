import { digitsOf } from '../../kit/clean-text.ts';
import { failpoint } from '../../kit/failpoint.ts';
import { publisherSettingsOf } from '../../publishers/publisher-settings.ts';
import type { BrowserConfirmed, TypedCode } from '../browser-payment.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { ensurePayment, markSent } from '../ledger/attempts-store.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import { callFor } from '../merchants/call-for.ts';
import { type ConfiguredMethod, settingsFor } from '../merchants/find-method.ts';
import type { ChargeRequest } from '../port/payment-request.ts';
import type { Evidence } from '../port/provider-answer.ts';
import type { AskContext } from './ask-attempt.ts';
import { describeCharge } from './describe-charge.ts';
import { lostCallSeconds } from './may-still-arrive.ts';
import { resolveSoon } from './resolve-attempt.ts';
import { goOnIfDropped } from './start-soon.ts';

type Claimed = { configured: ConfiguredMethod; request: ChargeRequest };

/**
 * Charges with the code that the buyer has typed. The one call of the attempt is claimed first, under the
 * lock of the order, so that a code that is typed twice, or while the order is given up, charges once or not
 * at all; the code itself is kept nowhere.
 */
export async function confirmWithCode(context: AskContext, typed: TypedCode): Promise<BrowserConfirmed> {
  const code = digitsOf(typed.code);
  if (code.length < 3 || code.length > 12) return { kind: 'not a code' };
  const claimed = await claimCharge(context, typed);
  if (!claimed) return { kind: 'over' };
  const { configured, request } = claimed;
  const { confirm } = configured.method;
  if (!confirm) throw new Error('an attempt waits for a code that its method does not take');
  failpoint('before charge');
  const evidence = await confirm(callFor(context, configured), { ...request, code });
  failpoint('after charge');
  const { publisherId, attemptId } = typed;
  const about = { publisherId, attemptId, source: 'answer' } as const;
  await context.database.transaction('record-answer', async (transaction) => {
    const received = { ...about, evidence: explain(evidence) };
    await goOnIfDropped(transaction, about, await applyEvidence(context, transaction, received));
  });
  return { kind: 'wait' };
}

function claimCharge(
  context: AskContext,
  { publisherId, attemptId }: TypedCode,
): Promise<Claimed | undefined> {
  return context.database.transaction('claim-charge', async (transaction) => {
    const { order, attempt } = (await lockPayment(transaction, { publisherId, attemptId })) ?? {};
    if (order?.state !== 'paying' || order.is_cancel_asked || !attempt) return undefined;
    const configured = context.methods.findByAdapter(publisherId, attempt.adapter, attempt.merchant_id);
    const { paymentWindowMinutes } = publisherSettingsOf(order.publisher_settings);
    const { seconds_left } = await ensurePayment(transaction, order, paymentWindowMinutes, 'browser');
    if (!configured || seconds_left < 1) return undefined;
    const { reference, notice_token: noticeToken, adapter, merchant_id: merchantId } = attempt;
    const named = { reference, noticeToken, adapter, merchantId };
    const request = await describeCharge(context, transaction, order, named, seconds_left);
    if (!(await markSent(transaction, attemptId, seconds_left))) return undefined;
    // Should this process die, the provider is asked what came of the call.
    await resolveSoon(transaction, [{ publisherId, attemptId }], lostCallSeconds);
    const settings = settingsFor(configured, attempt.pinned);
    return { configured: { ...configured, settings }, request };
  });
}

/** What surely never arrived ends the try, as nobody keeps its code: the buyer is told to ask for another. */
function explain(evidence: Evidence): Evidence {
  return evidence.meaning === 'not_sent' ? { ...evidence, reason: 'try again later' } : evidence;
}
