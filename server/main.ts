import { runCommandLine } from './commands/run-command-line.ts';
import { readProcessEnvironment } from './config/env.ts';

await runCommandLine(process.argv.slice(2), readProcessEnvironment);
