import type { MessageRequest } from './contract.ts';
import { resultCodes } from './result-codes.ts';

/** A delivery report as it is posted; fields of "SMS REST API MT and Delivery Reports" 1.18. */
export type DeliveryReport = {
  refId: string | null;
  id: string;
  operator: string;
  sentTimestamp: string;
  timestamp: string;
  resultCode: number;
  operatorResultCode: string | null;
  segments: number;
  gateCustomParameters: Record<string, string>;
  customParameters: Record<string, string>;
};

/** What LINK remembers of a message in order to report on it. */
export type Submitted = {
  id: string;
  refId: string | null;
  destination: string;
  parts: number;
  gateIds: string[];
  acceptedAtMilliseconds: number;
  customParameters: Record<string, string>;
};

/** Notes a message that was just accepted. */
export function noteSubmitted(
  message: MessageRequest,
  accepted: Pick<Submitted, 'id' | 'parts' | 'gateIds' | 'acceptedAtMilliseconds'>,
): Submitted {
  return {
    ...accepted,
    refId: message.refId ?? null,
    destination: message.destination,
    customParameters: message.customParameters ?? {},
  };
}

/** The reports of one event: one per part, with ids `id$0`, `id$1`, when the text took several. */
export function writeReports(
  message: Submitted,
  resultCode: number,
  atMilliseconds: number,
): DeliveryReport[] {
  const meaning = resultCodes.get(resultCode);
  const ids = Array.from({ length: message.parts }, (_, part) => `${message.id}$${part}`);
  return (message.parts > 1 ? ids : [message.id]).map((id) => ({
    refId: message.refId,
    id,
    operator: message.destination.startsWith('+47') ? 'no.telenor' : 'unknown',
    sentTimestamp: new Date(message.acceptedAtMilliseconds).toISOString(),
    timestamp: new Date(atMilliseconds).toISOString(),
    resultCode,
    operatorResultCode: meaning?.final === false ? null : meaning?.billed === true ? '0' : '1',
    segments: message.parts,
    gateCustomParameters: {},
    customParameters: message.customParameters,
  }));
}
