import { inkOn } from './colour.ts';
import { readCountry } from './country.ts';
import { parseEmail } from './credential.ts';
import { cutText } from './cut-text.ts';
import type { InputSchema } from './http/input-schema.ts';
import { nearestName } from './http/near-name.ts';
import type { FieldProblem } from './problem.ts';
import { parseWebAddress } from './web-address.ts';

/** Which values a setting can have: said in words, as JSON Schema, and as a function that tells. */
export type Rule<Value> = {
  /** What a value must be, in words that follow "must be". */
  rule: string;
  schema: InputSchema & { items?: InputSchema };
  /** The value as it is kept; `undefined` where the rule is broken. Numbers and flags may come as text. */
  read(given: unknown): Value | undefined;
};

export type Setting<Value> = Rule<Value> & {
  default: Value;
  /** What it does, for the person who sets it. */
  help: string;
};

export type Declared = Readonly<Record<string, Setting<unknown>>>;

export type ValuesOf<Settings> = {
  [Name in keyof Settings]: Settings[Name] extends Setting<infer Value> ? Value : never;
};

export function setting<Value>(rule: Rule<Value>, preset: NoInfer<Value>, help: string): Setting<Value> {
  return { ...rule, default: preset, help };
}

/** The value of every setting that nobody has set. */
export function defaultsOf<Settings extends Declared>(declared: Settings): ValuesOf<Settings> {
  const entries = Object.entries(declared).map(([name, { default: value }]) => [name, value]);
  return Object.fromEntries(entries) as ValuesOf<Settings>;
}

/** `set` holds values as they are kept; what is in `reset` has its default again. */
export type SettingChanges = { set: Record<string, unknown>; reset: string[]; problems: FieldProblem[] };

/**
 * Reads changes of settings by name. `null` gives a setting its default again, where it can do without a
 * value. A name that is unknown and a value that breaks the rule are problems, each of which names the field,
 * and the nearest known name.
 */
export function readSettingChanges(declared: Declared, given: Readonly<object>): SettingChanges {
  const changes: SettingChanges = { set: {}, reset: [], problems: [] };
  for (const [name, value] of Object.entries(given)) {
    const known = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (!known) {
      const names = Object.keys(declared).map((one) => ({ name: one }));
      const nearest = nearestName(name, names);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      refuse(changes, name, 'unknown_field', `there is no setting ${cutText(name, 100)}${hint}`);
    } else if (value === null && known.read(known.default) !== undefined) {
      changes.reset.push(name);
    } else {
      const read = value === null ? undefined : known.read(value);
      if (read === undefined) refuse(changes, name, 'setting', `${name} must be ${known.rule}`);
      else changes.set[name] = read;
    }
  }
  return changes;
}

function refuse({ problems }: SettingChanges, field: string, rule: string, message: string): void {
  problems.push({ field: cutText(field, 200), rule, message });
}

export function wholeNumber(least: number, most: number, unit: string): Rule<number> {
  return {
    rule: `a whole number of ${unit} from ${least} to ${most}`,
    schema: { type: 'integer', minimum: least, maximum: most },
    read(given) {
      const number = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given;
      return typeof number === 'number' && Number.isSafeInteger(number) && number >= least && number <= most
        ? number
        : undefined;
    },
  };
}

export function oneOf<const Word extends string>(...words: readonly Word[]): Rule<Word> {
  return {
    rule: `one of ${words.join(', ')}`,
    schema: { type: 'string', enum: words },
    read: (given) => words.find((word) => word === given),
  };
}

export const flag: Rule<boolean> = {
  rule: 'true or false',
  schema: { type: 'boolean' },
  read: (given) => (given === true || given === 'true' ? true : readFalse(given)),
};

function readFalse(given: unknown): false | undefined {
  return given === false || given === 'false' ? false : undefined;
}

/** One line of text without invisible characters; blanks around it are taken off. */
export function line(mostCharacters: number, least: 0 | 1 = 0): Rule<string> {
  const length = least === 0 ? `at most ${mostCharacters}` : `${least} to ${mostCharacters}`;
  return {
    rule: `one line of ${length} characters`,
    schema: { type: 'string', maxLength: mostCharacters },
    read(given) {
      if (typeof given !== 'string' || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(given)) return undefined;
      const text = given.normalize('NFC').trim();
      return text.length >= least && text.length <= mostCharacters ? text : undefined;
    },
  };
}

/** Only a machine of one's own may be named without TLS. */
export const webAddress: Rule<string> = {
  rule: 'an absolute https address, or empty',
  schema: { type: 'string', maxLength: 2000 },
  read(given) {
    if (given === '') return '';
    const parsed = typeof given === 'string' ? parseWebAddress(given.trim()) : undefined;
    if (!parsed?.ok) return undefined;
    const { protocol, hostname, href } = parsed.url;
    return protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) ? href : undefined;
  },
};

/** Kept in lower case, so that the same colour is one text. */
export const colour: Rule<string> = {
  rule: 'a colour as #rrggbb on which white or dark text is read well (a contrast of 4.5), or empty',
  schema: { type: 'string', maxLength: 7 },
  read(given) {
    if (given === '') return '';
    const text = typeof given === 'string' ? given.trim().toLowerCase() : '';
    return /^#[0-9a-f]{6}$/.test(text) && inkOn(text) ? text : undefined;
  },
};

export const emailAddress: Rule<string> = {
  rule: 'an e-mail address, or empty',
  schema: { type: 'string', maxLength: 255 },
  read: (given) =>
    given === '' ? '' : typeof given === 'string' ? parseEmail(given.trim())?.shown : undefined,
};

/** A list as JSON, or as text with commas between; each member once. */
export function listOf<Member>(member: Rule<Member>, most: number): Rule<readonly Member[]> {
  return {
    rule: `a list of at most ${most}, each ${member.rule}`,
    schema: { type: 'array', items: member.schema, maxItems: most },
    read(given) {
      const members = typeof given === 'string' ? splitList(given) : given;
      if (!Array.isArray(members) || members.length > most) return undefined;
      const read = members.map((one: unknown) => member.read(one));
      const kept = read.filter((one): one is NonNullable<typeof one> => one !== undefined && one !== null);
      return kept.length === members.length ? [...new Set(kept)] : undefined;
    },
  };
}

function splitList(text: string): string[] {
  return text.trim() === '' ? [] : text.split(',').map((one) => one.trim());
}

export const country: Rule<string> = {
  rule: 'a country of two letters (ISO 3166-1), such as NO',
  schema: { type: 'string', pattern: '^[A-Z]{2}$' },
  read: (given) => (typeof given === 'string' ? readCountry(given) : undefined),
};

export const timeZone: Rule<string> = {
  rule: 'a time zone, such as Europe/Oslo',
  schema: { type: 'string' },
  read: (given) => Intl.supportedValuesOf('timeZone').find((zone) => zone === given),
};

/** The properties that a schema of changes has. `null` gives a setting its default again. */
export function schemaOf(declared: Declared): Record<string, object> {
  return Object.fromEntries(
    Object.entries(declared).map(([name, { schema, help }]) => [
      name,
      { ...schema, description: help, 'x-sort': 'narrows', 'x-null': 'default' },
    ]),
  );
}

export type AboutSetting = { rule: string; default: unknown; help: string };

/** What a person needs to know of each setting, by name. */
export function describeSettings(declared: Declared): Record<string, AboutSetting> {
  return Object.fromEntries(
    Object.entries(declared).map(([name, { rule, default: preset, help }]) => [
      name,
      { rule, default: preset, help },
    ]),
  );
}
