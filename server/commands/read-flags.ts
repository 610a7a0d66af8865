import { OperatorError } from '../kit/operator-error.ts';

type Kinds = Readonly<Record<string, 'flag' | 'value'>>;
type Flags<Named extends Kinds> = {
  [Name in keyof Named]: Named[Name] extends 'flag' ? boolean : string | undefined;
};

/**
 * Takes `--now`, `--scopes x` and `--scopes=x` out of a command's parameters. Throws `OperatorError` for one
 * that the command does not know, or that lacks its value: a slip may not be taken for its absence.
 */
export function readFlags<const Named extends Kinds>(
  command: string,
  parameters: readonly string[],
  known: Named,
): { flags: Flags<Named>; rest: string[] } {
  const flags: Record<string, boolean | string | undefined> = {};
  for (const [name, kind] of Object.entries(known)) flags[name] = kind === 'flag' ? false : undefined;
  const rest: string[] = [];
  const left = [...parameters];
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const [, name, given] = /^--([\w-]+)(?:=(.*))?$/s.exec(next) ?? [];
    const kind = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
    if (name === undefined && !next.startsWith('--')) rest.push(next);
    else if (name === undefined || kind === undefined) throw unknownFlag(command, next, Object.keys(known));
    else if (kind === 'flag' && given === undefined) flags[name] = true;
    else if (kind === 'flag') throw new OperatorError(`--${name} takes no value.`);
    else flags[name] = requireValue(name, given ?? left.shift());
  }
  return { flags: flags as Flags<Named>, rest };
}

function requireValue(name: string, given: string | undefined): string {
  if (given === undefined || given === '' || given.startsWith('--'))
    throw new OperatorError(`--${name} needs a value.`);
  return given;
}

function unknownFlag(command: string, given: string, known: readonly string[]): OperatorError {
  const list = known.map((name) => `--${name}`).join(', ') || 'none';
  return new OperatorError(`${command} does not know ${given}; options: ${list}.`);
}
