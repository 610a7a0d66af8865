import { CommanderError } from 'commander';
import { OperatorError } from '../kit/operator-error.ts';
import { Problem } from '../kit/problem.ts';

/** `says` is for the operator; an error that nobody foresaw is told whole, for whoever mends it. */
export type Failure = { exitCode: number; says: unknown };

/** How a command ends that threw: 0 after help, 1 when it was refused, 2 when it was called wrongly. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof CommanderError) return explainUsage(error);
  if (error instanceof Problem && error.fields.length > 1)
    return { exitCode: 1, says: error.fields.map(({ message }) => message).join('\n') };
  const isForOperator = error instanceof OperatorError || error instanceof Problem;
  return { exitCode: 1, says: isForOperator ? error.message : error };
}

/** Help and version have been printed by then. */
function explainUsage({ code, exitCode, message }: CommanderError): Failure {
  const says = /^commander\.(help|version)/.test(code) ? undefined : message.replace(/^error: /, '');
  return { exitCode: exitCode === 0 ? 0 : 2, says };
}
