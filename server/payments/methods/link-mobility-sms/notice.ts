import { needSetting } from '../../../kit/need-setting.ts';
import { hasCredentials, readLinkReport } from '../../../provider-clients/link-mobility/read-report.ts';
import type { Notice, NoticeReading } from '../../port/notice.ts';
import type { MethodSettings } from '../../port/payment-method.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { meaningOfReport } from './translate.ts';

/** A delivery report is evidence: there is nothing else to ask. */
export function readNotice(settings: MethodSettings, notice: Notice): NoticeReading {
  if (
    !hasCredentials(
      notice.authorization,
      needSetting(settings, 'gateUsername'),
      needSetting(settings, 'gatePassword'),
    )
  ) {
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
