import type { MethodSettings, PaymentMethod, SettingDeclaration } from './port/payment-method.ts';

/**
 * What is wrong with a merchant's settings, a sentence each and without their values; nothing when all is
 * well.
 */
export function findBrokenSettings(method: Pick<PaymentMethod, 'settings'>, given: MethodSettings): string[] {
  const declared = new Set(method.settings.map((setting) => setting.name));
  const unknown = Object.keys(given)
    .filter((name) => !declared.has(name))
    .map((name) => `${name} is not a setting`);
  return [...method.settings.flatMap((setting) => faultOf(setting, given[setting.name]) ?? []), ...unknown];
}

function faultOf(setting: SettingDeclaration, value: string | undefined): string | undefined {
  if (!value) return setting.required ? `${setting.name} is missing` : undefined;
  switch (setting.kind) {
    case 'text':
      return value.trim() === value ? undefined : `${setting.name} begins or ends with a space`;
    case 'number':
      return /^\d{1,9}$/.test(value) ? undefined : `${setting.name} is not a whole number`;
    case 'address':
      return isAddress(value)
        ? undefined
        : `${setting.name} is not an http(s) address without query or end slash`;
    case 'token':
      return /^[\w-]{24,100}$/.test(value)
        ? undefined
        : `${setting.name} is not 24 to 100 letters and digits`;
  }
}

/** Paths are put behind it, so it may not end with a slash or carry a query. */
function isAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && !/[?#]|\/$/.test(value);
}
