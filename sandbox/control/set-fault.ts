import { inputReader } from '../kit/bad-input.ts';
import { type Fault, faultKinds } from '../kit/faults.ts';

/** Parses a fault; throws `BadInput`. Provider and what it can do are checked when the fault is set. */
export const readFault = inputReader<Fault>({
  type: 'object',
  additionalProperties: false,
  required: ['provider', 'kind'],
  properties: {
    provider: { type: 'string' },
    kind: { type: 'string', enum: faultKinds },
    rate: { type: 'number', minimum: 0, maximum: 1, default: 1 },
    seed: { type: 'integer', minimum: 0, default: 1 },
    times: { type: 'integer', minimum: 1 },
    milliseconds: { type: 'integer', minimum: 0, maximum: 120_000 },
  },
});
