import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

type Kind = { apply(value: unknown): void; everything(): Iterable<unknown> };

export type Journal = {
  /**
   * Declares a kind of record. The function it gives back applies a value to the state in memory and writes
   * it down; `everything` lists what a fresh file must hold to bring the present state back.
   */
  kind<T>(name: string, apply: (value: T) => void, everything: () => Iterable<T>): (value: T) => void;
  /** Brings back what the file holds. Call once, when every kind is declared. */
  restore(): void;
  /** Replaces the file by one that holds the present state only. */
  rewrite(): void;
  close(): void;
};

/** A file of JSON lines, one per record; without a path nothing is written and nothing comes back. */
export function openJournal(path?: string): Journal {
  const kinds = new Map<string, Kind>();
  let file: number | undefined;

  function write(name: string, value: unknown): void {
    // Written synchronously: what was promised to a client is in the file before the client hears of it.
    if (file !== undefined) writeSync(file, `${JSON.stringify([name, value])}\n`);
  }

  function rewrite(): void {
    if (path === undefined) return;
    if (file !== undefined) closeSync(file);
    file = openSync(`${path}.new`, 'w');
    for (const [name, kind] of kinds) for (const value of kind.everything()) write(name, value);
    renameSync(`${path}.new`, path);
  }

  return {
    kind<T>(name: string, apply: (value: T) => void, everything: () => Iterable<T>) {
      // The file is our own writing, so a record of this name has this type.
      kinds.set(name, { apply: (value) => apply(value as T), everything });
      return (value: T) => {
        apply(value);
        write(name, value);
      };
    },
    restore() {
      if (path === undefined) return;
      mkdirSync(dirname(path), { recursive: true });
      for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
        const record = parseLine(line);
        if (record) kinds.get(record[0])?.apply(record[1]);
      }
      rewrite();
    },
    rewrite,
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** A process killed while writing leaves half a line at the end; such a line was never promised to anyone. */
function parseLine(line: string): [string, unknown] | undefined {
  try {
    return JSON.parse(line) as [string, unknown];
  } catch {
    return undefined;
  }
}
