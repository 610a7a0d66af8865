import { cutText } from '../cut-text.ts';
import type { FieldProblem } from '../problem.ts';

export type Warning = { field: string; rule: string; message: string };

/** What came of reading outside data. The value is of no use where there are problems. */
export type Reading = {
  value: unknown;
  problems: FieldProblem[];
  warnings: Warning[];
  /** How many members were not known. */
  unknown: number;
};

/** Stands for a value that was not given, or not read. */
export const absent = Symbol('absent');

// Who sends thousands of wrong members learns enough from the first.
const mostFaults = 50;
const longestPath = 200;
// Each is compared with every known name, so no body may hold more; an order of 100 lines never does.
const mostUnknown = 1000;

/** Notes a broken rule of a field; the message begins with its path. */
export function refuse(reading: Reading, field: string, rule: string, message: string): typeof absent {
  if (reading.problems.length >= mostFaults) return absent;
  const path = cutText(field, longestPath);
  reading.problems.push({ field: path, rule, message: path === '' ? message : `${path} ${message}` });
  return absent;
}

/** Notes that a field is not known and was left out. */
export function warnOfUnknown(reading: Reading, field: string): void {
  if (reading.warnings.length >= mostFaults) return;
  reading.warnings.push({
    field: cutText(field, longestPath),
    rule: 'unknown_field',
    message: 'the field is unknown and was left out',
  });
}

/** Counts a member that is not known, and answers whether there are more than any caller sends. */
export function isOneTooMany(reading: Reading): boolean {
  reading.unknown += 1;
  return reading.unknown > mostUnknown;
}

/** Whether nothing more would be told. */
export function isFull(reading: Reading): boolean {
  return reading.problems.length >= mostFaults;
}

export function hasProblem(reading: Reading, field: string): boolean {
  return reading.problems.some(
    (problem) =>
      problem.field === field ||
      problem.field.startsWith(`${field}.`) ||
      problem.field.startsWith(`${field}[`),
  );
}

export function join(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}
