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
 * Whether an item of a list says nothing: what it has besides empty members only describes, as the kind of a
 * phone number does in `{"phoneNumber":"","phoneNumberType":"mobile"}`.
 */
export function saysNothing(schema: InputSchema | undefined, item: unknown): boolean {
  if (isNothing(item)) return true;
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  const object = [schema, ...(schema?.anyOf ?? [])].find((branch) => branch?.properties !== undefined);
  const known = object?.properties ?? {};
  return Object.entries(item).every(
    ([name, value]) =>
      isNothing(value) || (Object.hasOwn(known, name) && known[name]?.['x-sort'] === 'describes'),
  );
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
