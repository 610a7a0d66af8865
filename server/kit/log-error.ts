import { OperatorError } from './operator-error.ts';

export type LoggedError = {
  class: string;
  code?: string;
  constraint?: string;
  message?: string;
  frames: string[];
  cause?: LoggedError;
};

const maxFrames = 12;
const maxCauses = 3;
const frame = /^ {4}at .{1,300}:\d+:\d+\)?$/u;

/**
 * What is known of an error without what it says: messages quote rows, addresses and bodies. Its class, code,
 * violated constraint and stack frames tell where it broke; the text stays only for `OperatorError`.
 */
export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { class: typeof error, frames: [] };
  const code = plainName(error, 'code');
  const constraint = plainName(error, 'constraint');
  return {
    class: className(error),
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(error instanceof OperatorError && { message: error.message }),
    frames: readFrames(error),
    ...(error.cause !== undefined && depth < maxCauses && { cause: describeError(error.cause, depth + 1) }),
  };
}

function className(error: Error): string {
  return isPlainName(error.name) ? error.name : 'Error';
}

function plainName(error: Error, key: 'code' | 'constraint'): string | undefined {
  const value: unknown = Reflect.get(error, key);
  return isPlainName(value) ? value : undefined;
}

function isPlainName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_]{1,64}$/u.test(value);
}

/** A message stands before the frames and may itself look like frames, so it is cut off by its length. */
function readFrames(error: Error): string[] {
  const stack = error.stack ?? '';
  const at = stack.indexOf(error.message);
  if (at < 0) return [];
  return stack
    .slice(at + error.message.length)
    .split('\n')
    .filter((line) => frame.test(line))
    .slice(0, maxFrames)
    .map((line) => line.trim());
}
