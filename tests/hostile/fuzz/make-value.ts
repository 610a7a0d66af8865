import fc, { type GeneratorValue } from 'fast-check';
import type { Schema } from './schema.ts';

/** Draws random values; every draw follows from the seed. */
export type Draw = GeneratorValue;

/** Values that are good for a field of this name, so that hostile ones come past the first checks. */
export type Words = Readonly<Record<string, readonly unknown[]>>;

/** True so often out of a hundred. */
export function chance(draw: Draw, percent: number): boolean {
  return draw(fc.integer, { min: 1, max: 100 }) <= percent;
}

export function pick<Item>(draw: Draw, items: readonly Item[]): Item {
  const item = items[draw(fc.nat, { max: items.length - 1 })];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

/** A value that fits the schema, and mostly also the rules behind it. */
export function makeValue(draw: Draw, words: Words, schema: Schema, name = ''): unknown {
  const known = words[name];
  if (known && known.length > 0 && chance(draw, 85)) return pick(draw, known);
  if (schema.anyOf) return makeValue(draw, words, pick(draw, schema.anyOf), name);
  if (schema.enum) return pick(draw, schema.enum);
  if (schema.const !== undefined) return schema.const;
  switch ([schema.type].flat()[0]) {
    case 'object':
      return makeObject(draw, words, schema);
    case 'array': {
      const length = draw(fc.integer, { min: schema.minItems ?? 0, max: Math.min(schema.maxItems ?? 3, 3) });
      return Array.from({ length }, () => makeValue(draw, words, schema.items ?? {}, name));
    }
    case 'integer':
      return makeInteger(draw, schema);
    case 'number':
      return draw(fc.integer, { min: 0, max: 100_000 }) / 100;
    case 'boolean':
      return draw(fc.boolean);
    default:
      return draw(fc.string, { maxLength: Math.min(schema.maxLength ?? 20, 20) });
  }
}

function makeObject(draw: Draw, words: Words, schema: Schema): Record<string, unknown> {
  const entries = Object.entries(schema.properties ?? {}).flatMap(([name, inner]): [string, unknown][] => {
    const isThere = schema.required?.includes(name) === true || chance(draw, 30);
    return isThere ? [[name, makeValue(draw, words, inner, name)]] : [];
  });
  return Object.fromEntries(entries);
}

function makeInteger(draw: Draw, schema: Schema): number {
  const [min, max] = [schema.minimum ?? -1000, schema.maximum ?? 1_000_000];
  if (chance(draw, 30)) return pick(draw, [min, max]);
  return draw(fc.integer, { min: Math.max(min, -1_000_000), max: Math.min(max, 1_000_000) });
}
