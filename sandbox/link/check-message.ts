import type { MessageRequest } from './contract.ts';
import { defaultGateId, type Gate, type Gates } from './gates.ts';
import { type SubmitError, submitError } from './submit-error.ts';

const longestValidityMilliseconds = 48 * 3600 * 1000;
const shortestAbsoluteMilliseconds = 15 * 60 * 1000;
/** What is sold, in LINK's numbers; the document says of one that it is not to be used. */
const categories = { first: 1, last: 53, forbidden: 36 };
const sources = { ALPHANUMERIC: /^.{1,11}$/, SHORTNUMBER: /^\d{4,5}$/, MSISDN: /^\+?[1-9]\d{6,14}$/ };

/** A message that takes money: a premium text, or with `chargeOnly` a charge without a text. */
export function isCharge(message: MessageRequest): boolean {
  return (message.tariff ?? 0) > 0 || isChargeOnly(message);
}

export function isChargeOnly(message: MessageRequest): boolean {
  return message.customParameters?.['chargeOnly'] === 'true';
}

/** LINK's rules beyond the types of the fields; the first that is broken. */
export function checkMessage(message: MessageRequest, now: number): SubmitError | undefined {
  if (!/^\+[1-9]\d{6,14}$/.test(message.destination))
    return refused('destination must be +<country><number>');
  if (!sources[message.sourceTON ?? 'ALPHANUMERIC'].test(message.source)) {
    return refused(`source is not ${message.sourceTON ?? 'ALPHANUMERIC'}`);
  }
  return checkValidity(message, now) ?? (isCharge(message) ? checkCharge(message) : checkText(message));
}

function checkText(message: MessageRequest): SubmitError | undefined {
  return message.userData ? undefined : refused('userData is required');
}

function checkCharge(message: MessageRequest): SubmitError | undefined {
  const parameters = message.customParameters ?? {};
  if (message.sourceTON !== 'SHORTNUMBER') return refused('a charged message needs sourceTON SHORTNUMBER');
  if (message.currency !== 'NOK') return submitError(106202);
  if ((message.tariff ?? 0) <= 0) return refused('a charged message needs a tariff above 0');
  if (!isCategory(message.productCategory)) return refused('productCategory is 1 to 53, and not 36');
  if (!message.productDescription) return refused('a charged message needs productDescription');
  if (message.useDeliveryReport === false) return refused('a charged message needs a delivery report');
  if ((parameters['strex.securityLevel'] ?? '2') !== '2') return refused('strex.securityLevel must be 2');
  return isChargeOnly(message) ? checkChargeOnly(parameters) : checkText(message);
}

function isCategory(category = 0): boolean {
  return category >= categories.first && category <= categories.last && category !== categories.forbidden;
}

function checkChargeOnly(parameters: Record<string, string>): SubmitError | undefined {
  if (parameters['authorize'] !== 'true') return refused('chargeOnly needs authorize "true"');
  if (!parameters['strex.username']) return refused('chargeOnly needs strex.username');
  return undefined;
}

function checkValidity(message: MessageRequest, now: number): SubmitError | undefined {
  const validity = validityMilliseconds(message, now);
  const shortest = message.absoluteValidityTime === undefined ? 1 : shortestAbsoluteMilliseconds;
  if (validity >= shortest && validity <= longestValidityMilliseconds) return undefined;
  return refused('the validity time is at most 48 hours ahead, and at least 15 minutes if absolute');
}

/** How long the message may live, in milliseconds; 48 hours unless it says. */
export function validityMilliseconds(message: MessageRequest, now: number): number {
  if (message.absoluteValidityTime !== undefined) return Date.parse(message.absoluteValidityTime) - now;
  return message.relativeValidityTime ?? longestValidityMilliseconds;
}

/**
 * The gates that will hear of the message: the named ones, else the default one; none if no report is wanted.
 */
export function gatesFor(message: MessageRequest, gates: Gates): Gate[] | SubmitError {
  if (message.useDeliveryReport === false) return [];
  const named = message.deliveryReportGates ?? [];
  const found = (named.length > 0 ? named : [defaultGateId]).map((gateId) => gates.find(gateId));
  const known = found.filter((gate) => gate !== undefined);
  if (known.length === found.length) return known;
  return submitError(named.length > 0 ? 106301 : 106300);
}

function refused(detail: string): SubmitError {
  return submitError(106000, detail);
}
