import { inputReader } from '../kit/bad-input.ts';
import type { Journal } from '../kit/journal.ts';

/** Where delivery reports are posted, with Basic authentication; a report is tried again for `ttlSeconds`. */
export type Gate = { gateId: string; url: string; username: string; password: string; ttlSeconds: number };
export type GateSettings = Omit<Gate, 'gateId' | 'ttlSeconds'> & { ttlSeconds?: number };

export const defaultGateId = 'sandbox';
const documentedTtlSeconds = 48 * 3600;

export type Gates = {
  register(gateId: string, settings: GateSettings): Gate;
  find(gateId: string): Gate | undefined;
};

/** Parses what a gate is registered with; throws `BadInput`. */
export const readGateSettings = inputReader<GateSettings>({
  type: 'object',
  additionalProperties: false,
  required: ['url', 'username', 'password'],
  properties: {
    url: { type: 'string', format: 'http-url' },
    username: { type: 'string', minLength: 1 },
    password: { type: 'string', minLength: 1 },
    ttlSeconds: { type: 'integer', minimum: 1, maximum: documentedTtlSeconds },
  },
});

/** The gates that clients have registered; they are configuration, so forgetting what happened keeps them. */
export function openGates(journal: Journal): Gates {
  const gates = new Map<string, Gate>();
  const keep = journal.kind<Gate>(
    'link gate',
    (gate) => gates.set(gate.gateId, gate),
    () => gates.values(),
  );
  return {
    register(gateId, settings) {
      const gate = { gateId, ttlSeconds: documentedTtlSeconds, ...settings };
      keep(gate);
      return gate;
    },
    find: (gateId) => gates.get(gateId),
  };
}
