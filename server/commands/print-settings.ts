import type { AboutSetting } from '../kit/setting.ts';
import { print } from './print.ts';

/** Prints each value as it can be set again, with what it does, its rule and its default below it. */
export function printSettings({ about, ...values }: { about: Record<string, AboutSetting> }): void {
  for (const [name, value] of Object.entries(values)) {
    print(`${name}=${showValue(value)}`);
    const known = about[name];
    if (!known) continue;
    print(`    ${known.help}`);
    print(`    Must be ${known.rule}. Default: ${showValue(known.default) || 'nothing'}.`);
  }
}

function showValue(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
