import { around, type Field, sampleOf } from './fields.ts';

/** A way to get a field wrong: the member that is sent instead, and what must come of it. */
export type Slip = { kind: string; name: string; value: unknown; comesTo: 'refused' | 'kept out' | 'absent' };

/** Every slip of a field: its name misspelt and wrongly cased, and nothing said in each way. */
export function slipsOf(field: Field, base: object): Slip[] {
  const known = Object.keys(field.around.properties ?? {});
  const names = misspellings(field.name).filter(([, name]) => !known.includes(name));
  const comesTo = field.around['x-unknown'] === 'refused' || narrows(field) ? 'refused' : 'kept out';
  return [
    ...names.map(([kind, name]) => ({ kind, name, value: sampleOf(field.schema), comesTo }) as const),
    ...emptySlips(field, base),
  ];
}

/** A name that is typed wrong, by how. */
export function misspellings(name: string): [string, string][] {
  const middle = Math.floor(name.length / 2);
  const [first = '', last = ''] = [name[middle - 1], name[middle]];
  return [
    ['a letter dropped', name.slice(0, middle) + name.slice(middle + 1)],
    ['two letters swapped', name.slice(0, middle - 1) + last + first + name.slice(middle + 1)],
    [
      'wrongly cased',
      (name[0] === name[0]?.toUpperCase() ? name[0]?.toLowerCase() : name[0]?.toUpperCase()) + name.slice(1),
    ],
    ['in small letters', name.toLowerCase()],
  ];
}

function emptySlips(field: Field, base: object): Slip[] {
  // Of a setting null means its default, and what else it may be is its own rule.
  if (field.schema['x-null'] === 'default') return [];
  const { name } = field;
  const comesTo = emptyIsAbsent(field, base) ? 'absent' : 'refused';
  return [
    { kind: 'null', name, value: null, comesTo },
    { kind: 'empty', name, value: '', comesTo },
    { kind: 'blank', name, value: ' \u200b', comesTo },
    { kind: 'an empty list', name, value: [], comesTo },
  ];
}

function narrows({ schema }: Field): boolean {
  return schema['x-sort'] !== 'describes';
}

function emptyIsAbsent(field: Field, base: object): boolean {
  if (!narrows(field)) return true;
  if (field.schema['x-empty'] !== 'absent') return false;
  const beside = around(base, field.path);
  return !field.schema['x-empty-without']?.some((name) => beside[name] !== undefined);
}
