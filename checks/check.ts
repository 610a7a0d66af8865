/** Something that breaks a rule. The message says what to do instead. */
export type Problem = { file: string; line?: number; message: string };

/**
 * One rule of this project as a test. `root` is the folder of the repository, so that a test can give a small
 * one with a planted fault. `fix` writes what can be generated; `describe` gives a figure to show.
 */
export type Check = {
  name: string;
  run(root: string): Promise<Problem[]>;
  fix?(root: string): Promise<void>;
  describe?(root: string): Promise<string>;
};
