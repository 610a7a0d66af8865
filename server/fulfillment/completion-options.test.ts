import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionOptions } from '../publishers/read-completion-options.ts';
import { foldOptions, ignoredOptions, noOptions } from './completion-options.ts';

const credential = (name: string) => ({ kind: 'email' as const, shown: name, key: Buffer.from(name) });
const asked = (some: Partial<CompletionOptions>): CompletionOptions => ({ ...noOptions, ...some });

type Case = [
  string,
  Partial<CompletionOptions>,
  Partial<CompletionOptions>[],
  boolean,
  Partial<CompletionOptions>,
  string[][],
];

const cases: Case[] = [
  ['nothing stood', {}, [{ callbackUrl: 'a' }], false, { callbackUrl: 'a' }, [[]]],
  [
    'the first stands',
    { callbackUrl: 'a' },
    [{ callbackUrl: 'b' }],
    false,
    { callbackUrl: 'a' },
    [['callbackUrl']],
  ],
  ['the same again', { callbackUrl: 'a' }, [{ callbackUrl: 'a' }], false, { callbackUrl: 'a' }, [[]]],
  [
    'each field by itself',
    { returnUrl: 'r', linkLifetimeSeconds: 60 },
    [
      {
        callbackUrl: 'b',
        credential: credential('k'),
        returnUrl: 's',
        errorUrl: 'e',
        linkLifetimeSeconds: 120,
      },
    ],
    false,
    { callbackUrl: 'b', credential: credential('k'), returnUrl: 'r', errorUrl: 'e', linkLifetimeSeconds: 60 },
    [['returnUrl', 'linkLifetime']],
  ],
  [
    'two at once, the first of them counts',
    {},
    [{ callbackUrl: 'a' }, { callbackUrl: 'b', credential: credential('k') }],
    false,
    { callbackUrl: 'a', credential: credential('k') },
    [[], ['callbackUrl']],
  ],
  [
    'the same credential, read anew',
    { credential: credential('k') },
    [{ credential: credential('k') }],
    true,
    { credential: credential('k') },
    [[]],
  ],
  [
    'another credential',
    { credential: credential('k') },
    [{ credential: credential('l') }],
    true,
    { credential: credential('k') },
    [['credential']],
  ],
  [
    'a link that is sent leads where it leads; a callback may still be named',
    { credential: credential('k') },
    [{ callbackUrl: 'a', returnUrl: 'r', errorUrl: 'e', linkLifetimeSeconds: 60 }],
    true,
    { credential: credential('k'), callbackUrl: 'a' },
    [['returnUrl', 'errorUrl', 'linkLifetime']],
  ],
];

for (const [name, standing, requests, isLinkSent, kept, ignored] of cases) {
  test(`options of completing: ${name}`, () => {
    const all = requests.map(asked);
    const after = foldOptions(asked(standing), all, { isLinkSent });
    assert.deepEqual(after, asked(kept));
    assert.deepEqual(
      all.map((request) => ignoredOptions(request, after)),
      ignored,
    );
  });
}
