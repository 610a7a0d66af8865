import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from 'commander';
import { version } from '../version.ts';
import { buildCommandLine } from './command-line.ts';
import { explainFailure, type Failure } from './explain-failure.ts';
import { verbs } from './verbs.ts';

/** What was printed, and how the command ended; nothing where it came as far as reading its settings. */
type Ended = { out: string; failure: Failure | undefined };

async function type(...parameters: string[]): Promise<Ended> {
  let out = '';
  const acted = new Error('it acted');
  const line = buildCommandLine(() => {
    throw acted;
  });
  const write = (text: string) => {
    out += text;
  };
  for (const command of withAll(line)) command.configureOutput({ writeOut: write, writeErr: write });
  try {
    await line.parseAsync(parameters, { from: 'user' });
  } catch (error) {
    return { out, failure: error === acted ? undefined : explainFailure(error) };
  }
  throw new Error(`${parameters.join(' ')} did nothing`);
}

function withAll(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withAll)];
}

/** A value for each argument, by its name. */
const values: Readonly<Record<string, string>> = {
  publisherId: '1000',
  clientId: 'no.example.site',
  name: 'Bygdeavisa',
  country: 'NO',
  currency: 'NOK',
  timeZone: 'Europe/Oslo',
  language: 'nb',
  ownerEmail: 'owner@example.no',
  returnAddress: 'https://site.example/*',
  file: 'file.json',
  'NAME=VALUE': 'name=Avisa',
  uniqueUserId: 'a'.repeat(32),
};

function commandOf(words: readonly string[]): Command {
  let found = buildCommandLine(() => assert.fail());
  for (const word of words) {
    const next = found.commands.find((command) => command.name() === word);
    assert.ok(next, `there is no ${words.join(' ')}`);
    found = next;
  }
  return found;
}

function argumentsOf(words: readonly string[]): string[] {
  return commandOf(words).registeredArguments.map((argument) => {
    const value = values[argument.name()];
    assert.ok(value, `a value for ${argument.name()} of ${words.join(' ')} is missing here`);
    return value;
  });
}

const names = verbs.flatMap(({ name, formerName }) => (formerName ? [name, formerName] : [name]));

for (const name of names) {
  const words = name.split(' ');
  test(`${name}: acts, but not on a word or option too many, nor when help is asked for`, async () => {
    const given = [...words, ...argumentsOf(words)];
    assert.equal((await type(...given)).failure, undefined, 'it does not act at all');
    for (const help of ['--help', '-h']) {
      const { out, failure } = await type(...given, help);
      assert.deepEqual(failure, { exitCode: 0, says: undefined });
      assert.match(out, /^Usage: leveret /);
    }
    assert.equal((await type(...given, '--surplus')).failure?.exitCode, 2);
    const takesMany = commandOf(words).registeredArguments.at(-1)?.variadic === true;
    const surplus = await type(...given, 'surplus');
    assert.equal(surplus.failure?.exitCode, 2, 'a word too many');
    if (!takesMany) assert.match(String(surplus.failure?.says), /too many arguments/);
  });
}

test('every argument that is required is asked for by name', async () => {
  for (const name of names) {
    const words = name.split(' ');
    const { registeredArguments } = commandOf(words);
    const required = registeredArguments.filter((argument) => argument.required).length;
    if (required === 0) continue;
    const { failure } = await type(...words, ...argumentsOf(words).slice(0, required - 1));
    assert.equal(failure?.exitCode, 2, name);
    assert.match(String(failure?.says), /^missing required argument '/, name);
  }
});

test('help names every group and every verb, and what each is for', async () => {
  const { out } = await type('help');
  for (const { name } of verbs) {
    const [first = '', second] = name.split(' ');
    assert.match(out, new RegExp(`^  ${first}\\b.+`, 'm'));
    assert.notEqual(commandOf(name.split(' ')).description(), '', name);
    if (second === undefined) continue;
    assert.match((await type('help', first)).out, new RegExp(`^  ${second}\\b`, 'm'), name);
  }
});

test('the version is told and nothing else done', async () => {
  for (const word of ['--version', '-V']) {
    const { out, failure } = await type(word);
    assert.equal(out, `${version}\n`);
    assert.equal(failure?.exitCode, 0);
  }
});

const publisher = ['publisher', 'create', 'Avisa', 'NO', 'NOK', 'Europe/Oslo', 'nb'];
const wrong: [string, string[], RegExp][] = [
  ['no command', ['nonsense'], /unknown command 'nonsense'/],
  ['no command, but nearly', ['migrat'], /Did you mean migrate\?/],
  ['a group alone', ['client'], /^undefined$/],
  ['no verb of the group', ['client', 'stop'], /unknown command 'stop'/],
  ['no country', publisher.with(3, 'XX'), /'XX'.*'country'.*a country of two letters/],
  ['no currency', publisher.with(4, 'XTS'), /'XTS'.*'currency'.*one of NOK/],
  ['no time zone', publisher.with(5, 'Oslo'), /'Oslo'.*'timeZone'.*a time zone/],
  ['no language', publisher.with(6, 'de'), /'de'.*'language'.*one of nb/],
  ['no e-mail address', [...publisher, 'owner'], /'owner'.*'ownerEmail'.*an e-mail address/],
  ['an empty name', publisher.with(2, ' '), /'name'.*1 to 100 characters/],
  ['no publisher id', ['client', 'list', 'avisa'], /'avisa'.*is a number/],
  ['no number of days', ['reconcile', '--days', '0'], /'0'.*from 1 to 400/],
  ['no file', ['import', 'setup', ''], /'file'.*It is empty/],
];

for (const [what, parameters, says] of wrong) {
  test(`refused before anything is done: ${what}`, async () => {
    const { failure } = await type(...parameters);
    assert.equal(failure?.exitCode, 2);
    assert.match(String(failure?.says), says);
  });
}
