import type { MethodContext } from '../../port/payment-method.ts';
import type { ChargeRequest } from '../../port/payment-request.ts';
import type { Evidence, OperationAnswer } from '../../port/provider-answer.ts';
import { evidenceOf } from './ask.ts';
import { createOrder, deleteToken, type SwedbankAnswer } from './call-swedbank.ts';
import { payeeReferenceOf } from './payee-reference.ts';
import { readSettings } from './settings.ts';
import { describe, languageOf, reasonOf } from './translate.ts';

const nothingYet = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };

/**
 * Charges a stored card. The answer is all there is: no callback follows, and an order whose id was lost with
 * its answer cannot be found by our reference, so that a person must look.
 */
export async function chargeToken(
  { http, settings }: MethodContext,
  request: ChargeRequest,
): Promise<Evidence> {
  if (request.agreementToken === undefined) {
    return { meaning: 'declined', code: 'no stored card', reason: 'not eligible', raw: '' };
  }
  const { account, payeeId, payeeName, referenceFormat } = readSettings(settings);
  const payeeReference = payeeReferenceOf(request.reference, referenceFormat);
  const answer = await createOrder(http, account, {
    operation: 'UnscheduledPurchase',
    unscheduledToken: request.agreementToken,
    currency: request.currency,
    amount: request.amountMinor,
    vatAmount: request.vatMinor,
    description: describe(request.description),
    userAgent: 'Leveret',
    language: languageOf(request.language),
    // Sent for bank accounts only: of a card, the answer is all that is told.
    urls: { callbackUrl: request.noticeUrl },
    payeeInfo: {
      payeeId,
      payeeName,
      payeeReference,
      orderReference: request.reference,
    },
  });
  switch (answer.kind) {
    case 'answered':
      return evidenceOf(answer.order, answer.raw, { money: nothingYet, isAgreement: false });
    case 'refused':
      return refusedEvidence(answer, request.agreementToken);
    case 'not sent':
      return { meaning: 'not_sent', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, isUnresolvable: true, raw: answer.raw };
  }
}

function refusedEvidence(
  { status, problem, raw }: Extract<SwedbankAnswer, { kind: 'refused' }>,
  token: string,
): Evidence {
  const code = problem.name;
  // A reference that was used before may have taken money then.
  if (status === 409 || problem.fields.some((field) => /payeereference$/i.test(field))) {
    return { meaning: 'unknown', code, isUnresolvable: true, raw };
  }
  if (status === 401 || (status === 429 && code !== 'velocitycheck')) {
    return { meaning: 'not_sent', code, raw };
  }
  const isStopped = code === 'paymenttokeninactive';
  return {
    meaning: 'declined',
    code,
    reason: reasonOf(code),
    ...(isStopped && { agreement: { token, state: 'stopped' } }),
    raw,
  };
}

/** Deletes a stored card. One that is already deleted stays so. */
export async function stopToken(
  { http, settings }: MethodContext,
  { token, reference }: { token: string; reference: string },
): Promise<OperationAnswer> {
  const answer = await deleteToken(http, readSettings(settings).account, token, `Ended, ${reference}`);
  switch (answer.kind) {
    case 'deleted':
      return { kind: 'succeeded', raw: answer.raw };
    case 'refused':
      if (answer.problem.name === 'paymenttokeninactive') return { kind: 'succeeded', raw: answer.raw };
      return { kind: 'failed', code: answer.problem.name, raw: answer.raw };
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return { kind: 'unknown', code: answer.code, raw: answer.raw };
  }
}
