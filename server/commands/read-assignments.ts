import { OperatorError } from '../kit/operator-error.ts';
import { parseJsonOrNothing } from '../kit/parse-json-or-nothing.ts';

/**
 * Reads `name=value …` as changes of settings: nothing behind the sign means the default again, and an
 * object is written as JSON. Lists have commas between their members.
 */
export function readAssignments(parameters: readonly string[]): Record<string, unknown> {
  if (parameters.length === 0) throw new OperatorError('Name what to change: NAME=VALUE …');
  const changes: Record<string, unknown> = {};
  for (const parameter of parameters) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(parameter) ?? [];
    if (name === undefined || value === undefined)
      throw new OperatorError(`${parameter} is no NAME=VALUE; NAME= gives the default again.`);
    if (Object.hasOwn(changes, name)) throw new OperatorError(`${name} is given twice.`);
    changes[name] = readValue(value);
  }
  return changes;
}

function readValue(text: string): unknown {
  if (text === '') return null;
  return text.startsWith('{') ? (parseJsonOrNothing(text) ?? text) : text;
}
