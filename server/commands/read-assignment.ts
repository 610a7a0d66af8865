import { InvalidArgumentError } from 'commander';
import { parseJsonOrNothing } from '../kit/parse-json-or-nothing.ts';

/**
 * Reads `name=value` as the change of a setting: nothing behind the sign means the default again, and an
 * object is written as JSON. Lists have commas between their members.
 */
export function readAssignment(given: string): { name: string; value: unknown } {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It is no NAME=VALUE; NAME= gives the default again.');
  return { name, value: readValue(value) };
}

function readValue(text: string): unknown {
  if (text === '') return null;
  return text.startsWith('{') ? (parseJsonOrNothing(text) ?? text) : text;
}
