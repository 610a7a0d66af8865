import type { MethodSettings, PaymentMethod } from '../port/payment-method.ts';
import { type BrokenSetting, broken } from './method-settings.ts';
import { withEnvironment } from './provider-addresses.ts';
import { secretMask } from './show-method.ts';

export type GivenSettings =
  | { kind: 'read'; settings: MethodSettings }
  | { kind: 'broken'; faults: BrokenSetting[] };

const longestValue = 4000;

/**
 * Reads settings that somebody sent. A secret's mask, an empty one and `null` count as left out; what Leveret
 * makes cannot be given. `environment` stands for an address of the adapter's.
 */
export function readGivenSettings(
  method: Pick<PaymentMethod, 'settings' | 'addresses'>,
  input: unknown,
): GivenSettings {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return brokenBy([notAnObject]);
  const made = new Set(method.settings.filter((one) => one.isMade).map((one) => one.name));
  const settings: Record<string, string> = {};
  const faults: BrokenSetting[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (value === null || value === '' || value === secretMask) continue;
    const text = typeof value === 'number' ? String(value) : value;
    if (made.has(name)) faults.push(broken(name, 'made', 'is made by Leveret and cannot be given'));
    else if (typeof text !== 'string' || text.length > longestValue)
      faults.push(broken(name, 'text', `is not a text of at most ${longestValue} characters`));
    else settings[name] = text;
  }
  const named = withEnvironment(method, settings);
  if (named.fault) faults.push(named.fault);
  return faults.length > 0 ? brokenBy(faults) : { kind: 'read', settings: named.settings };
}

const notAnObject: BrokenSetting = { setting: '', rule: 'text', text: 'settings must be an object' };

function brokenBy(faults: BrokenSetting[]): GivenSettings {
  return { kind: 'broken', faults };
}
