import { failed, noReport, nthFailure, ok, queued, type Status, sent } from './status.ts';

/** One thing that happens `afterSeconds` from acceptance, or at the end of the transaction's time. */
export type Step = { afterSeconds: number | 'expiry'; status: Status };

export type Fate = { steps: Step[]; reversalFails?: boolean };

const hour = 3600;
const charged = { steps: [at(1, ok)] };
const declined = { steps: [at(1, failed('InsufficientFunds'))] };

/** Numbers that stand for a fate, the same as at LINK where both providers know it. */
const fates: Record<string, Fate> = {
  '+4790000010': declined,
  '+4790000020': { steps: [at(1, failed('SubscriberBarred'))] },
  '+4790000030': { steps: [] },
  '+4790000031': charged,
  '+4790000032': { steps: [at(1, failed('Failed'))] },
  '+4790000040': { steps: [at(1, failed('UnknownError'))] },
  '+4790000041': { steps: [at(1, noReport)] },
  '+4790000042': { steps: [at(1, failed('TimeoutError'))] },
  '+4790000043': { steps: [at(1, noReport), at(hour, ok)] },
  '+4790000044': { steps: [at(1, noReport), at(hour, failed('Undelivered'))] },
  '+4790000050': { steps: [at(1, sent), at(3, ok)] },
  '+4790000060': { steps: [at(1, { ...failed('Undelivered'), billed: true, tellsBilled: true })] },
  '+4790000070': { steps: [at(2 * hour, ok)] },
  '+4790000071': { steps: [at(2 * hour, failed('InsufficientFunds'))] },
  '+4790000072': { steps: [at(49 * hour, ok)] },
  '+4790000081': declined,
  '+4790000090': { steps: [at(1, failed('SubscriberUnavailable')), at(30, ok)] },
  '+4790000100': { steps: [at('expiry', failed('Expired'))] },
  '+4790000110': { steps: [at(1, failed('Undelivered'))] },
  '+4790000120': { steps: [at(1, failed('UnknownSubscriber'))] },
  '+4790000130': { steps: [at(1, { ...failed('None'), detailedStatusCode: 'SolarFlare' })] },
  '+4790000131': { steps: [at(1, { ...queued, statusCode: 'Parked' })] },
  '+4790000140': { steps: [at('expiry', failed('TimeoutError'))] },
  '+4790000150': { ...charged, reversalFails: true },
};

/** Numbers for tests of Strex itself, which work where the request says so; others that begin so are paid. */
const fakes: Record<string, Fate> = {
  '+4700000010': { steps: [at(1, failed('Undelivered'))] },
  '+4700000020': { steps: [at(1, failed('SubscriberBarred'))] },
};
const nobody = { steps: [at(1, failed('UnknownSubscriber'))] };

/**
 * What becomes of a charge of this number. `+47991900nn` fails with the nn-th detailed status code.
 * `isTest` is the request's property `TestInProd`.
 */
export function fateOf(recipient: string, isTest: boolean): Fate {
  if (recipient.startsWith('+47000000')) return isTest ? (fakes[recipient] ?? charged) : nobody;
  const [, place] = /^\+47991900(\d\d)$/.exec(recipient) ?? [];
  const failure = place === undefined ? undefined : nthFailure(Number(place));
  return failure ? { steps: [at(1, failure)] } : (fates[recipient] ?? charged);
}

function at(afterSeconds: Step['afterSeconds'], status: Status): Step {
  return { afterSeconds, status };
}
