import { type DestinationStream, type Logger, pino } from 'pino';
import { cleanFields, type LogFields } from './log-fields.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Only text that stands in the source: a template with a value in it does not compile. */
type FixedText<Text extends string> = {} extends Record<Text, 1> ? never : Text;

type Write = <const Text extends string>(fields: LogFields, message: FixedText<Text>) => void;

export type Log = {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
  /** A log that adds these fields to every line. */
  child(fields: LogFields): Log;
};

/** JSON lines with only the fields of `log-fields.ts` and fixed messages; to standard output unless said. */
export function createLog(options: { level: LogLevel; destination?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    base: null,
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return wrap(options.destination ? pino(settings, options.destination) : pino(settings));
}

function wrap(logger: Logger): Log {
  return {
    debug: (fields, message) => logger.debug(cleanFields(fields), message),
    info: (fields, message) => logger.info(cleanFields(fields), message),
    warn: (fields, message) => logger.warn(cleanFields(fields), message),
    error: (fields, message) => logger.error(cleanFields(fields), message),
    child: (fields) => wrap(logger.child(cleanFields(fields))),
  };
}
