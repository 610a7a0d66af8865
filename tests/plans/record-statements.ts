import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type SentStatement, statementChannel } from '@leveret/server/database/connect.js';

export type Recording = {
  /** Answers each text that was sent, with the values of the first time, by its name. */
  stop(): SentStatement[];
};

/** Writes down what the nodes of this process send to their databases from now on. */
export function recordStatements(): Recording {
  const seen = new Map<string, SentStatement>();
  const note = (message: unknown) => {
    const statement = message as SentStatement;
    if (!seen.has(statement.text)) seen.set(statement.text, statement);
  };
  subscribe(statementChannel, note);
  return {
    stop() {
      unsubscribe(statementChannel, note);
      return [...seen.values()].sort((one, other) => one.name.localeCompare(other.name));
    },
  };
}
