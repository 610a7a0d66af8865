import type { MethodContext, MethodSettings, SettingsFault } from '../../port/payment-method.ts';
import { readOrder } from './call-swedbank.ts';
import { readSettings } from './settings.ts';

const payeeIdForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** No order has this id, so that all we can hear is whether we may ask. */
const noOrder = '/psp/paymentorders/00000000-0000-0000-0000-000000000000';

/**
 * Asks for an order that does not exist: whoever is told that it is not there was let in. Which payee the
 * token belongs to shows only when a payment is made, so here the payee id is held to its form.
 */
export async function checkSettings({ http, settings }: MethodContext): Promise<SettingsFault[]> {
  const { account, payeeId } = readSettings(settings);
  const payeeFault = payeeIdForm.test(payeeId)
    ? []
    : [{ setting: 'payeeId', text: 'The payee id is not of the form that Swedbank Pay gives out.' }];
  const answer = await readOrder(http, account, noOrder);
  if (answer.kind === 'answered') return payeeFault;
  const faults = answer.kind === 'refused' ? refusalFaults(answer.status) : [unreachable(answer.code)];
  return [...faults, ...payeeFault];
}

/** What shows only when a payment is made, as Swedbank Pay cannot be asked what a contract has. */
export function remarksOn(settings: MethodSettings): string[] {
  const isSettling = readSettings(settings).referenceFormat === 'twelve digits';
  return [
    'Each order names one payment method, for which Swedbank Pay must have enabled instrument mode.',
    isSettling
      ? 'References have twelve digits, for merchants who settle with the acquirer themselves.'
      : 'Merchants who settle with the acquirer themselves need twelve digits as referenceFormat.',
    'Trials and renewals need unscheduled purchases and Verify in the agreement.',
    'Whether the payee id belongs to the access token shows when the first payment is made.',
  ];
}

function refusalFaults(status: number): SettingsFault[] {
  switch (status) {
    case 404:
      return [];
    case 401:
      return [{ setting: 'accessToken', text: 'Swedbank Pay does not know this access token.' }];
    case 403:
      return [{ setting: 'accessToken', text: 'This access token may not use payment orders.' }];
    default:
      return [{ setting: undefined, text: `Swedbank Pay answered with status ${status}.` }];
  }
}

function unreachable(reason: string): SettingsFault {
  const words = reason.replaceAll('_', ' ');
  return { setting: 'baseUrl', text: `No answer from Swedbank Pay at this base address (${words}).` };
}
