import { cutText } from '../../../kit/cut-text.ts';
import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import {
  agreementPath,
  callRecurring,
  chargePath,
  findAgreementId,
  loneChargePath,
  rawOf,
} from './call-recurring.ts';
import { readAgreementStatus, readCharge } from './read-answers.ts';
import { meaningOfAgreement, meaningOfCharge, standingOf } from './translate.ts';

const noMoney = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };

/** Reads a charge, and of an attempt that began an agreement, the agreement with its first charge. */
export async function askCharge(context: MethodContext, attempt: AttemptFacts): Promise<Evidence> {
  return attempt.isAgreement ? askBeginning(context, attempt) : askLater(context, attempt);
}

async function askLater(context: MethodContext, attempt: AttemptFacts): Promise<Evidence> {
  const { providerId, reference } = attempt;
  const path = providerId === undefined ? loneChargePath(reference) : chargePath(providerId, reference);
  return chargeEvidence(await callRecurring(context, 'GET', path));
}

async function askBeginning(context: MethodContext, attempt: AttemptFacts): Promise<Evidence> {
  const agreementId = await findAgreementId(context, attempt);
  // Whoever does not know the agreement has sent no buyer there. With a first charge it might yet be found.
  if (agreementId === undefined) {
    return attempt.amountMinor > 0
      ? askLater(context, attempt)
      : { meaning: 'not_sent', code: 'no agreement', raw: '' };
  }
  const answer = await callRecurring(context, 'GET', agreementPath(agreementId));
  const status = answer.kind === 'done' ? readAgreementStatus(answer.body) : undefined;
  if (status === undefined) return notTold(answer);
  const standing = standingOf(status);
  const about = {
    providerId: agreementId,
    ...(standing && { agreement: { token: agreementId, state: standing } }),
  };
  if (status === 'ACTIVE' && attempt.amountMinor === 0) {
    return { meaning: 'secured', code: status, money: noMoney, ...about, raw: rawOf(answer) };
  }
  if (attempt.amountMinor === 0 || status === 'PENDING') {
    return { ...meaningOfAgreement(status), code: status, ...about, raw: rawOf(answer) };
  }
  const charge = await callRecurring(context, 'GET', chargePath(agreementId, attempt.reference));
  return withFirstCharge({ status, about, answer }, chargeEvidence(charge));
}

/**
 * The first charge decides where it was paid or refused; what was never tried ends as its agreement did.
 */
function withFirstCharge(
  agreement: { status: string; about: Pick<Evidence, 'providerId' | 'agreement'>; answer: JudgedAnswer },
  charge: Evidence,
): Evidence {
  const { status, about } = agreement;
  const raw = JSON.stringify([rawOf(agreement.answer), charge.raw]);
  // A buyer has consented: that the charge was not found does not say that there is none.
  if (status === 'ACTIVE' && charge.meaning === 'not_sent')
    return { ...charge, meaning: 'unknown', ...about, raw };
  const isDecided = ['secured', 'declined', 'unknown'].includes(charge.meaning);
  if (status === 'ACTIVE' || isDecided) return { ...charge, ...about, raw };
  const money = charge.money && { money: charge.money };
  return { ...meaningOfAgreement(status), code: status, ...money, ...about, raw };
}

function chargeEvidence(answer: JudgedAnswer): Evidence {
  const charge = answer.kind === 'done' ? readCharge(answer.body) : undefined;
  if (!charge) return notTold(answer);
  const { status, failureReason, money, agreementId, isSecured } = charge;
  return {
    ...(isSecured ? { meaning: 'secured' } : meaningOfCharge(status, failureReason)),
    code: failureReason === undefined ? status : cutText(`${status} ${failureReason}`, 80),
    ...(agreementId !== undefined && { providerId: agreementId }),
    money,
    raw: rawOf(answer),
  };
}

/** Nothing was learned; only what is surely not there was surely never made. */
function notTold(answer: JudgedAnswer): Evidence {
  if (answer.kind === 'done') return { meaning: 'unknown', code: 'not understood', raw: answer.raw };
  const isMissing = answer.kind === 'refused' && answer.status === 404;
  return { meaning: isMissing ? 'not_sent' : 'unknown', code: answer.code, raw: rawOf(answer) };
}
