import { recipientKey } from '../kit/recipient.ts';
import { detailedStatusCodes, failed, noReport, ok, queued, type Status, sent } from './status.ts';

/**
 * One thing that happens `afterSeconds` from acceptance, or at the end of the transaction's time: how the
 * transaction stands from then on, and when that is reported, if at all.
 */
export type Step = {
  afterSeconds: number | 'expiry';
  status: Status;
  /** Seconds from acceptance; at once unless said. */
  reportedAfterSeconds?: number[];
  /** The transaction stays as it is, and only the report claims this. */
  isOnlyClaimed?: boolean;
};

export type Fate = { steps: Step[]; reversalFails?: boolean };

const hour = 3600;
const charged = { steps: [at(1, ok)] };
const expires = { steps: [at('expiry', failed('Expired'))] };

/** Numbers that stand for a fate, the same as at LINK where both providers know it. */
const fates: Record<string, Fate> = {
  '+4700000010': { steps: [at(1, failed('Undelivered'))] },
  '+4700000020': { steps: [at(1, failed('SubscriberBarred'))] },
  '+4790000010': { steps: [at(1, failed('InsufficientFunds'))] },
  '+4790000020': { steps: [at(1, failed('SubscriberBarred'))] },
  '+4790000030': { steps: [] },
  '+4790000031': { steps: [at(1, ok, [])] },
  '+4790000032': { steps: [at(1, failed('Failed'), [])] },
  '+4790000040': { steps: [at(1, failed('UnknownError', null))] },
  '+4790000041': { steps: [at(1, noReport)] },
  '+4790000042': { steps: [at(1, failed('TimeoutError', null))] },
  '+4790000043': { steps: [at(1, noReport), at(hour, ok)] },
  '+4790000044': { steps: [at(1, noReport), at(hour, failed('Undelivered'))] },
  '+4790000050': { steps: [at(1, sent), at(3, ok)] },
  '+4790000060': { steps: [at(1, failed('Undelivered', true))] },
  '+4790000070': { steps: [at(1, ok, [2 * hour])] },
  '+4790000071': { steps: [at(1, failed('InsufficientFunds'), [2 * hour])] },
  '+4790000072': { steps: [at(1, ok, [49 * hour])] },
  '+4790000080': { steps: [at(1, ok, [1, 1, 10])] },
  '+4790000081': { steps: [at(1, failed('InsufficientFunds'), [1, 1, 10])] },
  '+4790000090': { steps: [at(1, failed('SubscriberUnavailable')), at(30, ok)] },
  '+4790000091': { steps: [at(1, ok), { ...at(30, failed('Rejected')), isOnlyClaimed: true }] },
  '+4790000092': { steps: [at(1, ok), { ...at(5, queued), isOnlyClaimed: true }] },
  '+4790000100': expires,
  '+4790000110': { steps: [at(1, failed('Undelivered'))] },
  '+4790000120': { steps: [at(1, failed('UnknownSubscriber'))] },
  '+4790000130': { steps: [at(1, failed('SolarFlare', null))] },
  '+4790000131': { steps: [at(1, { ...queued, statusCode: 'Parked' })] },
  '+4790000140': expires,
  '+4790000150': { ...charged, reversalFails: true },
};

const byKey = new Map(Object.entries(fates).map(([number, fate]) => [recipientKey(number), fate]));

/** What becomes of a charge of this number. `+47991900nn` fails with the nn-th detailed status code. */
export function fateOf(recipient: string): Fate {
  const key = recipientKey(recipient);
  const [, index] = /^47991900(\d\d)$/.exec(key) ?? [];
  const code = index === undefined ? undefined : detailedStatusCodes[Number(index)];
  return code === undefined ? (byKey.get(key) ?? charged) : { steps: [at(1, failed(code, null))] };
}

function at(afterSeconds: Step['afterSeconds'], status: Status, reportedAfterSeconds?: number[]): Step {
  return { afterSeconds, status, ...(reportedAfterSeconds && { reportedAfterSeconds }) };
}
