import type { Command } from 'commander';
import type { Environment } from '../config/env.ts';
import type { KeptAct, OriginCall } from '../kit/origin.ts';

/** Reads the settings when a command runs, since help needs none. Throws `OperatorError`. */
export type ReadEnvironment = () => Environment;

/** One thing that an operator can do. */
export type Verb = {
  /** As it is typed: one word, or a group and a word. */
  name: string;
  /** What it was called before; that works on. */
  formerName?: string;
  /** Whether an act is kept of it, or why none is. */
  act: KeptAct;
  /**
   * Gives the command its arguments, its options, and what it does; `call` is how what it does is told of.
   */
  define(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void;
};
