import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import type { MethodContext, SettingsFault } from '../../port/payment-method.ts';
import { readManagement, readSession } from './ask.ts';

/** An order that nobody has: being told so means that the key may read. */
const nobodysOrder = '00000000-0000-4000-8000-000000000000';

/** Asks both services about an order that is not there. */
export async function testSettings(context: MethodContext): Promise<SettingsFault[]> {
  const checkout = faultOf(await readSession(context, nobodysOrder), 'the checkout');
  if (checkout) return [checkout];
  const management = faultOf(await readManagement(context, nobodysOrder), 'order management');
  return management ? [management] : [];
}

function faultOf(answer: JudgedAnswer, service: string): SettingsFault | undefined {
  switch (answer.kind) {
    case 'done':
      return undefined;
    case 'not sent':
      return { setting: 'baseUrl', text: `Kustom cannot be reached at the base address (${answer.code}).` };
    case 'unknown':
      return { setting: undefined, text: `Kustom gave no usable answer (${answer.code}). Try again later.` };
    case 'refused':
      return refusalOf(answer.status, answer.code, service);
  }
}

function refusalOf(status: number, code: string, service: string): SettingsFault | undefined {
  switch (status) {
    case 401:
      return {
        setting: 'password',
        text: 'Kustom does not know this user name with this password. Make an API key in Kustom’s portal.',
      };
    case 403:
      return { setting: 'username', text: `The key may not use ${service}, or the merchant is not active.` };
    case 404:
      return isKustoms(code)
        ? undefined
        : { setting: 'baseUrl', text: `There is no Kustom service at the base address (${service}).` };
    default:
      return { setting: undefined, text: `Kustom refused to read from ${service} (${code}).` };
  }
}

/** Kustom says in its own form that an order is not there; a stranger's 404 has none. */
function isKustoms(code: string): boolean {
  return !code.startsWith('status ');
}
