import type { MethodContext, SettingsFault } from '../../port/payment-method.ts';
import { getMerchant } from './call-strex.ts';
import { readShortNumbers } from './read-answer.ts';

/** Reads the merchant at Strex, by which address, key, merchant id and short number prove themselves. */
export async function checkSettings({ http, settings }: MethodContext): Promise<SettingsFault[]> {
  const answer = await getMerchant(http, settings);
  if (answer.kind === 'done') {
    return checkShortNumber(readShortNumbers(answer.body), settings['shortNumber'] ?? '');
  }
  switch (answer.status) {
    case undefined: {
      const text = `Strex Connect cannot be reached at this address (${answer.code}).`;
      return [{ setting: 'baseUrl', text }];
    }
    case 401:
    case 403:
      return [{ setting: 'apiKey', text: 'Strex Connect does not accept this API key.' }];
    case 404:
      return [
        { setting: 'merchantId', text: 'Strex Connect knows no such merchant under this key and address.' },
      ];
    default:
      return [
        { setting: undefined, text: `Strex Connect answered with status ${answer.status}; try again.` },
      ];
  }
}

function checkShortNumber(known: string[], shortNumber: string): SettingsFault[] {
  if (known.length === 0 || known.includes(shortNumber)) return [];
  const text = `The merchant charges from ${known.join(', ')}, not from ${shortNumber}.`;
  return [{ setting: 'shortNumber', text }];
}
