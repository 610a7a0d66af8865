import { hasCredentials, readLinkReport } from '../../../provider-clients/link-mobility/read-report.ts';
import { type LinkAnswer, sendLinkSms } from '../../../provider-clients/link-mobility/send-sms.ts';
import type { Notice, NoticeReading } from '../../port/notice.ts';
import type { MethodSettings, PaymentMethod } from '../../port/payment-method.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { accountOf, need } from './account.ts';
import { checkSettings } from './check-settings.ts';
import { addresses, settings } from './settings.ts';
import { meaningOfReport } from './translate.ts';

/**
 * SMS billing: a charge without a text, by LINK Mobility over Strex. The delivery report decides. There is
 * neither idempotency nor a status query, so an answer that is lost is never followed by a second charge.
 */
export const linkMobilitySms: PaymentMethod = {
  name: 'link-mobility-sms',
  settings,
  addresses,
  needs: { mobile: true },
  money: 'taken at once',
  referencePattern: /^[\x20-\x7e]{1,60}$/,
  currencies: ['NOK'],
  askAfterSeconds: [],
  silenceSeconds: 600,
  async charge({ http, settings }, request) {
    const answer = await sendLinkSms(http, accountOf(settings), {
      source: need(settings, 'shortNumber'),
      sourceTON: 'SHORTNUMBER',
      destination: request.mobile ?? '',
      userData: request.description,
      refId: request.reference,
      validitySeconds: request.validitySeconds,
      deliveryReportGates: [need(settings, 'gateId')],
      tariff: request.amountMinor,
      currency: request.currency,
      productDescription: request.description,
      productCategory: Number(need(settings, 'productCategory')),
      customParameters: {
        chargeOnly: 'true',
        authorize: 'true',
        'strex.username': need(settings, 'strexMerchantId'),
        ...(request.isFirstCharge && { 'strex.securityLevel': '2' }),
      },
    });
    return evidenceOf(answer);
  },
  readNotice,
  testSettings: checkSettings,
};

function evidenceOf(answer: LinkAnswer): Evidence {
  switch (answer.kind) {
    case 'queued':
      return { meaning: 'pending', providerId: answer.messageId, raw: answer.raw };
    case 'refused':
      return {
        meaning: answer.why === 'too many' ? 'not_sent' : 'declined',
        code: answer.code,
        raw: answer.raw,
      };
    case 'not sent':
      return { meaning: 'not_sent', code: answer.reason, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.reason, raw: answer.raw };
  }
}

function readNotice(settings: MethodSettings, notice: Notice): NoticeReading {
  if (!hasCredentials(notice.authorization, need(settings, 'gateUsername'), need(settings, 'gatePassword'))) {
    return { kind: 'refused', reason: 'wrong credentials' };
  }
  const report = readLinkReport(notice.body);
  if (!report) return { kind: 'refused', reason: 'not understood' };
  const evidence: Evidence = {
    ...meaningOfReport(report.resultCode),
    code: String(report.resultCode),
    providerId: report.messageId,
    raw: notice.raw,
  };
  return { kind: 'evidence', reference: report.refId, evidence };
}
