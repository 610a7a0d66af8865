import { type StaticDecode, Type } from 'typebox';
import { ifReadable, readLeniently } from '../../kit/read-leniently.ts';
import { vippsAccountOf } from './account.ts';
import { isSigned } from './check-signature.ts';

/** What a notice leads to, in the words of the port of payment methods. */
export type VippsNoticeReading =
  | { kind: 'refused'; reason: 'wrong credentials' | 'not understood' }
  | { kind: 'ignored' }
  | { kind: 'ask'; about: { reference: string } | { providerId: string } }
  | { kind: 'agreement'; token: string };

const Id = Type.String({ minLength: 1, maxLength: 100 });
const PaymentEvent = Type.Object({ reference: Id, name: Type.String() });
const AgreementEvent = Type.Object({
  eventType: Type.String({ pattern: /^recurring\./ }),
  agreementId: Id,
  agreementExternalId: ifReadable(Id),
  chargeId: ifReadable(Id),
});

/**
 * Reads a notice of ePayment or Recurring, which come to one address for a sales unit. It is only believed to
 * be about something; our reference is a payment's reference, a charge's id and an agreement's external id.
 */
export function readVippsNotice(
  settings: Readonly<Record<string, string>>,
  notice: {
    headers: Readonly<Record<string, string>>;
    authorization: string | undefined;
    body: unknown;
    raw: string;
  },
): VippsNoticeReading {
  const { noticeUrl, webhookSecret } = vippsAccountOf(settings);
  const registration = { url: noticeUrl ?? '', secret: webhookSecret ?? '' };
  if (!webhookSecret || !isSigned(registration, notice)) {
    return { kind: 'refused', reason: 'wrong credentials' };
  }
  const agreement = readLeniently(AgreementEvent, notice.body);
  if (agreement) return readAgreementEvent(agreement);
  const payment = readLeniently(PaymentEvent, notice.body);
  if (payment) return { kind: 'ask', about: { reference: payment.reference } };
  // Signed, so it is theirs: refusing a kind of event that is new would block all that follow.
  return { kind: 'ignored' };
}

function readAgreementEvent(event: StaticDecode<typeof AgreementEvent>): VippsNoticeReading {
  if (event.chargeId) return { kind: 'ask', about: { reference: event.chargeId } };
  if (event.eventType.startsWith('recurring.agreement-stopped.')) {
    return { kind: 'agreement', token: event.agreementId };
  }
  if (event.agreementExternalId) return { kind: 'ask', about: { reference: event.agreementExternalId } };
  return { kind: 'ask', about: { providerId: event.agreementId } };
}
