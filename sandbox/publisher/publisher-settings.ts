import { inputReader } from '../kit/bad-input.ts';

/** How the publisher's site answers; for the next `times` requests, or until it is told otherwise. */
export type PublisherSettings = { status: number; delayMilliseconds: number; times?: number };

const status = { type: 'integer', minimum: 200, maximum: 599, default: 200 };

/** Parses `{status, delayMilliseconds, times?}`; throws `BadInput`. */
export const readPublisherSettings = inputReader<PublisherSettings>({
  type: 'object',
  additionalProperties: false,
  properties: {
    status,
    delayMilliseconds: { type: 'integer', minimum: 0, maximum: 120_000, default: 0 },
    times: { type: 'integer', minimum: 1 },
  },
});

/** The status that a request asks for with `?answer=500`; anything else there is not for the site. */
export function askedStatus(answer: unknown): number | undefined {
  return typeof answer === 'string' && /^[2-5]\d\d$/.test(answer) ? Number(answer) : undefined;
}
