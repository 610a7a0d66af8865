import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadTemplates } from './load-templates.ts';

const templates = new URL('../../messages/templates/', import.meta.url);

/** With another line in place of that of the same name, or after the last. */
const withLine = (line: string) => (text: string) =>
  `${text
    .trimEnd()
    .split('\n')
    .filter((one) => one.split(':')[0] !== line.split(':')[0])
    .join('\n')}\n${line}\n`;

type Source = string | undefined | ((text: string) => string);

const faults: [name: string, file: string, source: Source, expected: RegExp][] = [
  ['a brace left open', 'login-link/sv/sms.txt', '{link', /login-link\/sv\/sms\.txt cannot be used/],
  ['an unknown value', 'login-code/nb/body.html', '{colour}', /login-code\/nb\/body\.html.*colour/],
  ['a character no SMS has', 'login-code/en/sms.txt', '“{code}”', /login-code\/en\/sms\.txt.*GSM-7/],
  [
    'a missing file',
    'endpoint-disabled/nb/subject.txt',
    undefined,
    /endpoint-disabled\/nb\/subject\.txt cannot/,
  ],
  [
    'a plural without other',
    'lifetime/en.txt',
    '{number, plural, one {#}}',
    /lifetime\/en\.txt cannot be used/,
  ],
  ['a word without its text', 'receipt/nn/words.txt', 'heading:', /receipt\/nn\/words\.txt has a line/],
  ['markup in a word', 'receipt/nn/words.txt', 'heading: <b>A</b>', /receipt\/nn\/words\.txt has a line/],
  [
    'a word of a value that is not there',
    'receipt/fi/words.txt',
    withLine('heading: {colour}'),
    /receipt\/body\.html.*colour/,
  ],
  [
    'a word that stands nowhere',
    'receipt/en/words.txt',
    withLine('lost: a'),
    /word lost of receipt\/en\/words\.txt stands in no/,
  ],
  [
    'a shared frame that asks for a word of no language',
    'receipt/body.txt',
    '{nothing}',
    /receipt\/body\.txt/,
  ],
  ['a broken frame', 'frame.html', '<p>{body', /frame\.html cannot be used/],
];

for (const [name, file, source, expected] of faults) {
  test(`${name} stops the start with a sentence naming the file`, (context) => {
    const copy = mkdtempSync(join(tmpdir(), 'leveret-templates-'));
    context.after(() => rmSync(copy, { recursive: true }));
    cpSync(fileURLToPath(templates), copy, { recursive: true });
    if (source === undefined) rmSync(join(copy, file));
    else
      writeFileSync(
        join(copy, file),
        typeof source === 'string' ? source : source(readFileSync(join(copy, file), 'utf8')),
      );
    assert.throws(() => loadTemplates(pathToFileURL(`${copy}/`)), { message: expected });
  });
}

test('a new language is a folder per message and its lifetime text', () => {
  const loaded = loadTemplates(templates);
  for (const language of ['nb', 'sv', 'en']) assert.ok(loaded.messages.has(language));
});
