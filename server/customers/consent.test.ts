import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ConsentDecision,
  type ConsentEffect,
  type ConsentRequest,
  type ConsentStatement,
  consentsInForce,
  decideConsent,
  mostStatements,
} from './consent.ts';

const texts = [
  { consentCode: 'NEWS', version: 1 },
  { consentCode: 'NEWS', version: 2 },
];
const at = (minute: number) => new Date(minute * 60_000);
const said = (
  state: 'given' | 'withdrawn',
  { version = 1, channelCode = '', minute = 0, source = 'letter' } = {},
): ConsentStatement => ({
  consentCode: 'NEWS',
  version,
  channelCode,
  state,
  statedAt: at(minute),
  source,
  by: { kind: 'client', id: 'no.shop' },
});
const many = (...last: ConsentStatement[]) => [
  ...Array.from({ length: mostStatements - last.length }, () => said('given', { channelCode: 'other' })),
  ...last,
];

const keep = (version: number, effect: ConsentEffect = 'changes') => ({ keep: { version }, effect });
const known = (effect: 'repeats' | 'said before' = 'repeats') =>
  ({ nothing: 'it is known', effect }) as const;
const sms = { channelCode: 'sms' };

/** What is said at minute 10 unless it says when, what was said before, and what becomes of it. */
const cases: [string, Partial<ConsentRequest>, ConsentStatement[], ConsentDecision][] = [
  ['a first yes', { version: 1 }, [], keep(1)],
  ['a yes to nothing that was shown', {}, [], { refused: 'version_is_required', field: 'version' }],
  ['a yes to words that are none', { version: 3 }, [], { refused: 'consent_is_unknown', field: 'version' }],
  [
    'a yes to a consent that is none',
    { consentCode: 'NEWZ', version: 1 },
    [],
    { refused: 'consent_is_unknown', field: 'consentCode' },
  ],
  ['the same yes again', { version: 1 }, [said('given')], known()],
  ['a yes to newer words', { version: 2 }, [said('given')], keep(2)],
  ['a yes for another channel', { version: 1, ...sms }, [said('given')], keep(1)],
  ['a yes after a no', { version: 1 }, [said('given'), said('withdrawn', { minute: 1 })], keep(1)],
  ['a no', { state: 'withdrawn' }, [said('given')], keep(1)],
  ['a no that nobody had said yes before', { state: 'withdrawn' }, [], keep(2)],
  ['the same no again', { state: 'withdrawn' }, [said('withdrawn')], known()],
  [
    'a no for one channel',
    { state: 'withdrawn', ...sms },
    [said('given', { version: 2, ...sms }), said('withdrawn')],
    keep(2),
  ],
  [
    'a yes that comes late',
    { version: 1, statedAt: at(5) },
    [said('withdrawn', { minute: 7 })],
    keep(1, 'said before'),
  ],
  [
    'a yes of the moment of a no',
    { version: 1 },
    [said('withdrawn', { minute: 10 })],
    keep(1, 'said before'),
  ],
  ['a no of the moment of a yes', { state: 'withdrawn' }, [said('given', { minute: 10 })], keep(1)],
  [
    'a late yes that came before',
    { version: 1, statedAt: at(5) },
    [said('withdrawn', { minute: 7 }), said('given', { minute: 5 })],
    known('said before'),
  ],
  [
    'a no that comes late, before a yes',
    { state: 'withdrawn', statedAt: at(5) },
    [said('given', { minute: 7 })],
    keep(1, 'said before'),
  ],
  [
    'a yes to former words that comes late',
    { version: 1, statedAt: at(5) },
    [said('given', { version: 2, minute: 7 })],
    keep(1, 'said before'),
  ],
  [
    'the same yes, said before',
    { version: 1, statedAt: at(5), isDated: true },
    [said('given', { minute: 7 })],
    known(),
  ],
  ['the same no, said later', { state: 'withdrawn', isDated: true }, [said('withdrawn')], keep(1, 'repeats')],
  [
    'the same no in another way',
    { state: 'withdrawn', source: 'call' },
    [said('withdrawn')],
    keep(1, 'repeats'),
  ],
  [
    'the same no of the reader',
    { state: 'withdrawn', by: { kind: 'user', id: '1' } },
    [said('withdrawn')],
    keep(1, 'repeats'),
  ],
  ['a yes too many', { version: 1 }, many(), { refused: 'too_many_statements' }],
  ['a no after too many', { state: 'withdrawn' }, many(said('given', { minute: 1 })), keep(1)],
  [
    'the no after too many again, in another way',
    { state: 'withdrawn', source: 'call' },
    many(said('given', { minute: 1 }), said('withdrawn', { minute: 2 })),
    known(),
  ],
  ['a no to nothing after too many', { state: 'withdrawn', ...sms }, many(), known()],
  [
    'a late no after too many',
    { state: 'withdrawn', statedAt: at(5) },
    many(said('given', { minute: 7 })),
    known('said before'),
  ],
];

for (const [what, request, statements, decision] of cases) {
  test(`consent: ${what}`, () => {
    const asked: ConsentRequest = {
      consentCode: 'NEWS',
      version: undefined,
      channelCode: '',
      state: 'given',
      statedAt: at(10),
      isDated: false,
      source: 'letter',
      by: { kind: 'client', id: 'no.shop' },
      ...request,
    };
    assert.deepEqual(decideConsent(asked, texts, statements), decision);
  });
}

const orders: [string, ConsentStatement[], string[]][] = [
  ['what came last', [said('given'), said('given', sms), said('withdrawn')], ['sms given', ' withdrawn']],
  [
    'what was said last, though it came first',
    [said('withdrawn', { minute: 7 }), said('given', { minute: 5 })],
    [' withdrawn'],
  ],
  ['the no of one moment', [said('withdrawn'), said('given')], [' withdrawn']],
];

for (const [what, statements, holding] of orders) {
  test(`of each consent and channel holds ${what}`, () => {
    const found = consentsInForce(statements).map((one) => `${one.channelCode} ${one.state}`);
    assert.deepEqual(found, holding);
  });
}
