import { type TObject, type TProperties, type TSchema, Type } from 'typebox';
import type { InputSchema } from './input-schema.ts';

/**
 * The object of a request that asks, selects or moves. Its fields narrow unless they are declared to
 * describe, and a member that is not known is refused, with the nearest known name.
 */
export function narrowing<Properties extends TProperties>(properties: Properties): TObject<Properties> {
  const sorted = Object.entries(properties).map(([name, field]) => {
    const given: InputSchema = field;
    return [name, given['x-sort'] === undefined ? narrows(field) : field];
  });
  return Type.Object(Object.fromEntries(sorted) as Properties, { 'x-unknown': 'refused' });
}

/**
 * An object that mostly describes, such as an order. A member that is not known is left out with a warning,
 * unless its name is that of a narrowing field misspelt. Each field says by itself what it is for.
 */
export function describing<Properties extends TProperties>(properties: Properties): TObject<Properties> {
  return Type.Object(properties, { 'x-unknown': 'warned' });
}

/** A field that selects, limits or moves something: null and empty are refused. */
export function narrows<Schema extends TSchema>(field: Schema): Schema {
  return withKeywords(field, { 'x-sort': 'narrows' });
}

/**
 * A field that selects, limits or moves something where it is given, and that clients send empty for nothing:
 * null and empty are as absent, but not where one of the fields `without` stands beside it.
 */
export function narrowsIfGiven<Schema extends TSchema>(
  field: Schema,
  without: readonly string[] = [],
): Schema {
  return withKeywords(field, {
    'x-sort': 'narrows',
    'x-empty': 'absent',
    ...(without.length > 0 && { 'x-empty-without': without }),
  });
}

/** A field that changes nothing but what is told of something: null and empty are as absent. */
export function describes<Schema extends TSchema>(field: Schema): Schema {
  return withKeywords(field, { 'x-sort': 'describes' });
}

/** The schema with more keywords; what TypeBox keeps beside the enumerable ones stays. */
function withKeywords<Schema extends TSchema>(field: Schema, keywords: InputSchema): Schema {
  const copy = Object.create(Object.getPrototypeOf(field), Object.getOwnPropertyDescriptors(field));
  return Object.assign(copy, keywords);
}
