import { createLog, type Log } from '@leveret/server/kit/log.js';

/** A log of every level that keeps its lines instead of printing them. */
export function captureLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { log: createLog({ level: 'debug', destination }), lines };
}
