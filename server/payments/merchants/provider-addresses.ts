import type { AddressGuard } from '../../kit/address-guard.ts';
import { parseWebAddress } from '../../kit/web-address.ts';
import type { MethodSettings, PaymentMethod } from '../port/payment-method.ts';
import { type BrokenSetting, broken } from './method-settings.ts';

/** Where a provider may stand: what the adapters list, and what the operator lists beside. */
export type AddressRules = { mode: 'sandbox' | 'live'; providerAddresses: string[] };

type Listing = Pick<PaymentMethod, 'settings' | 'addresses'>;

/**
 * What is wrong with the addresses among a merchant's settings where money is real: each must be one of the
 * adapter's own, or have an origin that the operator lists. Whoever could choose one freely would choose
 * where secrets go to, and what buyers see on our page.
 */
export function findForbiddenAddresses(
  rules: AddressRules,
  method: Listing,
  settings: MethodSettings,
): BrokenSetting[] {
  if (rules.mode === 'sandbox') return [];
  return givenAddresses(method, settings).flatMap(([name, value]) => {
    if (!value.startsWith('https:')) return [broken(name, 'https', 'must start with https:')];
    if (isListed(method, value) || isOperators(rules, value)) return [];
    return [broken(name, 'listed', `must be ${describeListed(method)}`)];
  });
}

/** The same for hosts that the operator lists, of which only their name servers say where they lead. */
export async function findInsideAddresses(
  rules: AddressRules,
  guard: Pick<AddressGuard, 'checkHost'>,
  method: Listing,
  settings: MethodSettings,
): Promise<BrokenSetting[]> {
  if (rules.mode === 'sandbox') return [];
  const asked = givenAddresses(method, settings).filter(([, value]) => isOperators(rules, value));
  const answers = await Promise.all(asked.map(([, value]) => guard.checkHost(new URL(value).hostname)));
  return asked.flatMap(([name], index) => {
    const answer = answers[index];
    const isInside = answer?.ok === false && answer.reason === 'address_blocked';
    return isInside ? [broken(name, 'public', 'leads to no public address')] : [];
  });
}

/** Settings with the address that `environment` stands for, which is given in place of it. */
export function withEnvironment(
  method: Pick<PaymentMethod, 'addresses'>,
  { environment, ...settings }: MethodSettings,
): { settings: MethodSettings; fault: BrokenSetting | undefined } {
  if (environment === undefined) return { settings, fault: undefined };
  const urls = (method.addresses ?? [])
    .filter((one) => one.environment === environment)
    .map(({ url }) => url);
  const [url, another] = urls;
  if (url === undefined || another !== undefined) {
    return { settings, fault: broken('environment', 'unknown', `must be ${describeEnvironments(method)}`) };
  }
  if (settings['baseUrl'] !== undefined && !isSame(settings['baseUrl'], url)) {
    return { settings, fault: broken('environment', 'address', 'stands for another address than baseUrl') };
  }
  return { settings: { ...settings, baseUrl: url }, fault: undefined };
}

/** The environment that a merchant's base address belongs to; nothing for one that is not the adapter's. */
export function environmentOf(
  { addresses = [] }: Pick<PaymentMethod, 'addresses'>,
  { baseUrl = '' }: MethodSettings,
): 'test' | 'live' | undefined {
  return addresses.find(({ url }) => isSame(baseUrl, url))?.environment;
}

function givenAddresses({ settings }: Listing, given: MethodSettings): [name: string, value: string][] {
  return settings.flatMap(({ name, kind, isMade }): [string, string][] => {
    const value = given[name];
    return kind === 'address' && !isMade && value !== undefined && URL.canParse(value) ? [[name, value]] : [];
  });
}

function isListed({ addresses = [] }: Listing, value: string): boolean {
  return addresses.some(({ url }) => isSame(value, url));
}

/** Compared as the parser writes them, so that no spelling leads elsewhere. */
function isSame(value: string, listed: string): boolean {
  const parsed = parseWebAddress(value);
  return parsed.ok && parsed.url.href === new URL(listed).href;
}

function isOperators({ providerAddresses }: AddressRules, value: string): boolean {
  const parsed = parseWebAddress(value);
  return parsed.ok && providerAddresses.includes(parsed.url.origin);
}

function describeListed({ addresses = [] }: Listing): string {
  const operators = 'an address that the operator lists (PROVIDER_ADDRESSES)';
  return [...addresses.map(({ url }) => url), operators].join(' or ');
}

function describeEnvironments({ addresses = [] }: Pick<PaymentMethod, 'addresses'>): string {
  const named = (['test', 'live'] as const).filter(
    (name) => addresses.filter(({ environment }) => environment === name).length === 1,
  );
  return named.length > 0 ? named.join(' or ') : 'left out here: give baseUrl';
}
