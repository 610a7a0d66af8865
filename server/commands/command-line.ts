import { Command } from 'commander';
import { version } from '../version.ts';
import type { ReadEnvironment } from './verb.ts';
import { groups, verbs } from './verbs.ts';

const afterHelp = `
Settings, all with defaults:
  PORT, SANDBOX_PORT, SANDBOX_SMTP_PORT, SHOP_PORT, LEVERET_DATA, DATABASE_URL, LEVERET_MODE,
  PUBLIC_URL

Ends with 0 when it is done, 1 when it found something or was refused, 2 when it was called wrongly.
`;

/**
 * Everything that can be typed behind `leveret`. Parsing throws `CommanderError` where it was called wrongly,
 * and after help, which does nothing else.
 */
export function buildCommandLine(readEnvironment: ReadEnvironment): Command {
  // Errors are told in one place, whoever found them.
  const program = new Command('leveret').exitOverride().configureOutput({ outputError: () => {} });
  program.description('The open, self-hosted order, payment and access server for publishers');
  program.version(version).addHelpText('after', afterHelp);
  for (const { name, formerName, act, define } of verbs) {
    const call = { operationId: name, act };
    define(addCommand(program, name.split(' ')), readEnvironment, call);
    if (formerName !== undefined)
      define(program.command(formerName, { hidden: true }), readEnvironment, call);
  }
  return program;
}

function addCommand(program: Command, [first = '', second]: readonly string[]): Command {
  return second === undefined ? program.command(first) : groupOf(program, first).command(second);
}

function groupOf(program: Command, name: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  return known ?? program.command(name).description(groups[name] ?? '');
}
