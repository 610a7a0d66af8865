import { needSetting } from '../../../kit/need-setting.ts';
import { type LinkAnswer, sendLinkSms } from '../../../provider-clients/link-mobility/send-sms.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { ChargeRequest } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { accountOf } from './account.ts';

/** Puts the price on the phone bill, by a message without a text. */
export async function charge({ http, settings }: MethodContext, request: ChargeRequest): Promise<Evidence> {
  const answer = await sendLinkSms(http, accountOf(settings), {
    source: needSetting(settings, 'shortNumber'),
    sourceTON: 'SHORTNUMBER',
    destination: request.mobile ?? '',
    userData: request.description,
    refId: request.reference,
    validitySeconds: request.validitySeconds,
    deliveryReportGates: [needSetting(settings, 'gateId')],
    tariff: request.amountMinor,
    currency: request.currency,
    productDescription: request.description,
    productCategory: Number(needSetting(settings, 'productCategory')),
    customParameters: {
      chargeOnly: 'true',
      authorize: 'true',
      'strex.username': needSetting(settings, 'strexMerchantId'),
      ...(request.isFirstCharge && { 'strex.securityLevel': '2' }),
    },
  });
  return evidenceOf(answer);
}

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
      return { meaning: 'not_sent', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, raw: answer.raw };
  }
}
