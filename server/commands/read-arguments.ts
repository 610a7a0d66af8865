import { Argument, InvalidArgumentError } from 'commander';
import { type PublisherId, publisherId } from '../kit/ids.ts';
import type { Rule } from '../kit/setting.ts';
import { readAssignment } from './read-assignment.ts';

/** Changes of settings by name; `null` gives a setting its default again. */
export type Changes = Readonly<Record<string, unknown>>;

/** Reads what was typed by a setting's rule, and answers it as it is kept. */
export function readBy<Value>({ rule, read }: Rule<Value>): (given: string) => Value {
  return (given) => {
    const value = read(given);
    if (value === undefined) throw new InvalidArgumentError(`It must be ${rule}.`);
    return value;
  };
}

/** Reads words one after the other as the members of a list. */
export function readAll<Member>(
  rule: Rule<readonly Member[]>,
): (given: string, before: readonly Member[] | undefined) => readonly Member[] {
  const readOne = readBy({ ...rule, read: (given) => rule.read([given]) });
  return (given, before = []) => [...before, ...readOne(given)];
}

export function ruledArgument<Value>(name: string, rule: Rule<Value>): Argument {
  return new Argument(name, rule.rule).argParser(readBy(rule));
}

export function publisherArgument(): Argument {
  return new Argument('<publisherId>', 'as "leveret publisher list" shows it').argParser(readPublisherId);
}

export function clientArgument(): Argument {
  return new Argument('<clientId>', 'such as no.example.site').argParser(readWord);
}

export function fileArgument(about: string): Argument {
  return new Argument('<file>', about).argParser(readWord);
}

export function changesArgument(): Argument {
  return new Argument('<NAME=VALUE...>', 'what to change').argParser(readChange);
}

function readPublisherId(given: string): PublisherId {
  if (!/^\d{1,9}$/.test(given)) throw new InvalidArgumentError('The id of a publisher is a number.');
  return publisherId(Number(given));
}

function readWord(given: string): string {
  if (given.trim() === '') throw new InvalidArgumentError('It is empty.');
  return given;
}

function readChange(given: string, before: Changes = {}): Changes {
  const { name, value } = readAssignment(given);
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...before, [name]: value };
}
