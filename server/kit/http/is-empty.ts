import { isBlank } from '../clean-text.ts';
import type { InputSchema } from './input-schema.ts';

// What is empty is shallow; deeper data is something.
const deepestEmpty = 4;

/** Whether a value says nothing: null, blank text, or a list or object of nothing else. */
export function isNothing(value: unknown, levels = deepestEmpty): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return isBlankText(value);
  if (typeof value !== 'object' || levels === 0) return false;
  // A number that is kept by its text has a prototype of its own.
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((member) => isNothing(member, levels - 1));
}

/**
 * Whether a field that may be empty says nothing. An object with an empty member that may not be empty, such
 * as `{"transactionId":""}`, says something unclear.
 */
export function saysNothing(schema: InputSchema | undefined, value: unknown): boolean {
  if (!isNothing(value)) return false;
  if (Array.isArray(value)) return value.every((item) => saysNothing(schema?.items, item));
  if (typeof value !== 'object' || value === null) return true;
  const known = membersOf(schema);
  return Object.keys(value).every((name) => {
    const member = Object.hasOwn(known, name) ? known[name] : undefined;
    return !member || member['x-sort'] === 'describes' || member['x-empty'] === 'absent';
  });
}

/**
 * The same of an item of a list, which says nothing either where all that is not empty only describes, as the
 * kind of a phone number does in `{"phoneNumber":"","phoneNumberType":"mobile"}`. Where all members describe,
 * each of them says something.
 */
export function isIdleItem(schema: InputSchema | undefined, item: unknown): boolean {
  if (saysNothing(schema, item)) return true;
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  const known = membersOf(schema);
  if (Object.values(known).every((member) => member['x-sort'] === 'describes')) return false;
  return Object.entries(item).every(([name, value]) => {
    const member = Object.hasOwn(known, name) ? known[name] : undefined;
    return member?.['x-sort'] === 'describes' || (isNothing(value) && member?.['x-empty'] === 'absent');
  });
}

function membersOf(schema: InputSchema | undefined): Record<string, InputSchema> {
  const branches = [schema, ...(schema?.anyOf ?? [])];
  return branches.find((branch) => branch?.properties !== undefined)?.properties ?? {};
}

/** The rule that an empty value of a narrowing field breaks; nothing where it is not empty. */
export function brokenByEmpty(value: unknown): 'null' | 'empty' | undefined {
  if (value === null) return 'null';
  const isEmpty = typeof value === 'string' ? isBlankText(value) : Array.isArray(value) && value.length === 0;
  return isEmpty ? 'empty' : undefined;
}

/** Old clients send 0 for nothing where a number begins at one. */
export function isZeroForNothing(schema: InputSchema, value: unknown): boolean {
  return (value === 0 || value === '0') && (schema.minimum ?? 0) > 0;
}

function isBlankText(text: string): boolean {
  // Most texts begin with a letter or digit, which is seen at once.
  return !/^[0-9A-Za-z]/.test(text) && isBlank(text);
}
