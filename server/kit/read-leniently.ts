import {
  type StaticDecode,
  type TCodec,
  type TInteger,
  type TOptional,
  type TSchema,
  type TUnknown,
  Type,
} from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { Clone, DecodeUnsafe, Default } from 'typebox/value';

// Else each decoding builds its whole schema anew, to have the narrowest member of a union first. Members of
// the unions here are told apart by their type, and decode nothing.
Settings.Set({ unionPrioritySort: false });

/** What the schemas below decode to, which is also what they say of themselves. */
type Leniently<Read> = TCodec<TUnknown, Read>;

/**
 * What somebody else's JSON says in the form of the schema; nothing where it has another form. What the
 * schema does not name is passed over, and only its own `Type.Decode` converts.
 */
export function readLeniently<Schema extends TSchema>(
  schema: Schema,
  json: unknown,
): StaticDecode<Schema> | undefined {
  const value = Default(schema, Clone(json));
  if (!validatorOf(schema).Check(value)) return undefined;
  return DecodeUnsafe({}, schema, value) as StaticDecode<Schema>;
}

const validators = new WeakMap<TSchema, Validator>();

/** Compiled when it is first used: looking each rule up again takes fifty times as long. */
function validatorOf(schema: TSchema): Validator {
  const known = validators.get(schema);
  if (known) return known;
  const compiled = Compile(schema);
  validators.set(schema, compiled);
  return compiled;
}

/** A field that says nothing where it is missing or has another form. */
export function ifReadable<Schema extends TSchema>(
  schema: Schema,
): TOptional<Leniently<StaticDecode<Schema> | undefined>> {
  return Type.Optional(Type.Decode(Type.Unknown(), (json) => readLeniently(schema, json)));
}

/** A field that counts as `otherwise` where it is missing or has another form. */
export function orElse<Schema extends TSchema>(
  schema: Schema,
  otherwise: StaticDecode<Schema>,
): Leniently<StaticDecode<Schema>> {
  return Type.Decode(
    Type.Unknown({ default: otherwise }),
    (json) => readLeniently(schema, json) ?? otherwise,
  );
}

/** A list without what cannot be read in it; empty where there is none. */
export function whatIsReadable<Schema extends TSchema>(item: Schema): Leniently<StaticDecode<Schema>[]> {
  return Type.Decode(Type.Unknown({ default: [] }), (json) => {
    if (!Array.isArray(json)) return [];
    return json.flatMap((one): StaticDecode<Schema>[] => {
      const read = readLeniently(item, one);
      return read === undefined ? [] : [read];
    });
  });
}

/** An amount in minor units; one that may be missing where it has a default. */
export function minorUnits(options: { default?: number } = {}): TInteger {
  return Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, ...options });
}
