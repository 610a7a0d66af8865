import type { MethodSettings, PaymentMethod, SettingDeclaration } from '../port/payment-method.ts';

/** A setting that breaks a rule; `rule` is a word a program can match on, and neither tells the value. */
export type BrokenSetting = {
  setting: string;
  rule:
    | 'required'
    | 'unknown'
    | 'trimmed'
    | 'number'
    | 'address'
    | 'https'
    | 'listed'
    | 'public'
    | 'token'
    | 'choice'
    | 'made'
    | 'text';
  text: string;
};

/** What is wrong with a merchant's settings; nothing when all is well. */
export function findBrokenSettings(
  method: Pick<PaymentMethod, 'settings'>,
  given: MethodSettings,
): BrokenSetting[] {
  const declared = new Set(method.settings.map((setting) => setting.name));
  const unknown = Object.keys(given)
    .filter((name) => !declared.has(name))
    .map((name) => broken(name, 'unknown', 'is not a setting'));
  return [...method.settings.flatMap((setting) => faultOf(setting, given[setting.name]) ?? []), ...unknown];
}

/** The same in one line, for an operator. */
export function describeBroken(faults: readonly BrokenSetting[]): string {
  return faults.map(({ text }) => text).join('; ');
}

export function broken(setting: string, rule: BrokenSetting['rule'], says: string): BrokenSetting {
  return { setting, rule, text: `${setting} ${says}` };
}

function faultOf(setting: SettingDeclaration, value: string | undefined): BrokenSetting | undefined {
  const { name } = setting;
  // What is made is made after the rest was saved: the provider is asked for it.
  if (!value) return setting.required && !setting.isMade ? broken(name, 'required', 'is missing') : undefined;
  switch (setting.kind) {
    case 'text':
      return value.trim() === value ? undefined : broken(name, 'trimmed', 'begins or ends with a space');
    case 'number':
      return /^\d{1,9}$/.test(value) ? undefined : broken(name, 'number', 'is not a whole number');
    case 'address':
      return isAddress(value)
        ? undefined
        : broken(name, 'address', 'is not an http(s) address without query or end slash');
    case 'token':
      return /^[\w-]{24,100}$/.test(value)
        ? undefined
        : broken(name, 'token', 'is not 24 to 100 letters and digits');
    case 'choice': {
      const choices = setting.choices ?? [];
      return choices.includes(value) ? undefined : broken(name, 'choice', `is none of ${choices.join(', ')}`);
    }
  }
}

/** Paths are put behind it, so it may not end with a slash or carry a query. */
function isAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && !/[?#]|\/$/.test(value);
}
