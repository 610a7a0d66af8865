import { buildCommandLine } from './command-line.ts';
import { explainFailure } from './explain-failure.ts';
import type { ReadEnvironment } from './verb.ts';

/** Does what was typed behind `leveret`. Where it fails, it says why and ends the process. */
export async function runCommandLine(
  parameters: readonly string[],
  readEnvironment: ReadEnvironment,
): Promise<void> {
  const program = buildCommandLine(readEnvironment);
  if (parameters.length === 0) return program.outputHelp();
  try {
    await program.parseAsync(parameters, { from: 'user' });
  } catch (error) {
    const { exitCode, says } = explainFailure(error);
    if (says !== undefined) console.error(says);
    process.exit(exitCode);
  }
}
