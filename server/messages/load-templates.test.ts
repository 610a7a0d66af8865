import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadTemplates } from './load-templates.ts';

const templates = new URL('../../messages/templates/', import.meta.url);

const faults: [name: string, file: string, source: string | undefined, expected: RegExp][] = [
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
  ['a broken frame', 'frame.html', '<p>{body', /frame\.html cannot be used/],
];

for (const [name, file, source, expected] of faults) {
  test(`${name} stops the start with a sentence naming the file`, (context) => {
    const copy = mkdtempSync(join(tmpdir(), 'leveret-templates-'));
    context.after(() => rmSync(copy, { recursive: true }));
    cpSync(fileURLToPath(templates), copy, { recursive: true });
    if (source === undefined) rmSync(join(copy, file));
    else writeFileSync(join(copy, file), source);
    assert.throws(() => loadTemplates(pathToFileURL(`${copy}/`)), { message: expected });
  });
}

test('a new language is a folder per message and its lifetime text', () => {
  const loaded = loadTemplates(templates);
  for (const language of ['nb', 'sv', 'en']) assert.ok(loaded.messages.has(language));
});
