import { needSetting } from '../../../kit/need-setting.ts';
import { sendLinkSms } from '../../../provider-clients/link-mobility/send-sms.ts';
import type { MethodContext, SettingsFault } from '../../port/payment-method.ts';
import { accountOf } from './account.ts';

const faults: Record<string, SettingsFault> = {
  106200: { setting: 'platformId', text: 'LINK Mobility does not accept this platform id.' },
  106201: { setting: 'platformPartnerId', text: 'LINK Mobility does not accept this platform partner id.' },
  106301: { setting: 'gateId', text: 'LINK Mobility knows no gate of this name for delivery reports.' },
};

/**
 * Tells what is wrong with address, login and platform, by a text to nobody, which is free and which LINK
 * refuses. The API has no read and no dry run: whether gate, short number, Strex merchant and category are
 * right, and whether reports reach us, only a real charge shows; a gate that LINK checks early is told too.
 */
export async function checkSettings({ http, settings }: MethodContext): Promise<SettingsFault[]> {
  const answer = await sendLinkSms(http, accountOf(settings), {
    source: needSetting(settings, 'shortNumber'),
    sourceTON: 'SHORTNUMBER',
    destination: '',
    userData: '',
    refId: 'settings',
    validitySeconds: 60,
    deliveryReportGates: [needSetting(settings, 'gateId')],
  });
  switch (answer.kind) {
    case 'not sent':
    case 'unknown': {
      const text = `LINK Mobility cannot be reached at this address (${answer.code}).`;
      return [{ setting: 'baseUrl', text }];
    }
    case 'queued':
      return [{ setting: 'baseUrl', text: 'What answers at this address takes messages to nobody.' }];
    case 'refused':
      return faultOf(answer.code, answer.why);
  }
}

function faultOf(code: string, why: 'message' | 'account' | 'too many'): SettingsFault[] {
  if (code === '404') return [{ setting: 'baseUrl', text: 'There is no such API at this address.' }];
  if (code === '106101' || code === '403') {
    return [{ setting: 'username', text: 'LINK Mobility knows this user and denies it access.' }];
  }
  if (why === 'account') {
    return [{ setting: 'password', text: 'LINK Mobility does not accept this user name and password.' }];
  }
  if (why === 'too many') {
    return [{ setting: undefined, text: 'LINK Mobility is asked too often just now; try again later.' }];
  }
  const fault = Object.hasOwn(faults, code) ? faults[code] : undefined;
  return fault ? [fault] : [];
}
