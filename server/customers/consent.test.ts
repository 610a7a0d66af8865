import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ConsentDecision,
  type ConsentRequest,
  type ConsentStatement,
  consentsInForce,
  decideConsent,
} from './consent.ts';

const texts = [
  { consentCode: 'NEWS', version: 1 },
  { consentCode: 'NEWS', version: 2 },
];
const said = (state: 'given' | 'withdrawn', version = 1, channelCode = ''): ConsentStatement => ({
  consentCode: 'NEWS',
  version,
  channelCode,
  state,
  statedAt: new Date(0),
  source: 'letter',
  by: { kind: 'client', id: 'no.shop' },
});

const cases: [string, Partial<ConsentRequest>, ConsentStatement[], ConsentDecision][] = [
  ['a first yes', { version: 1 }, [], { keep: { version: 1 } }],
  ['a yes to nothing that was shown', {}, [], { refused: 'version_is_required', field: 'version' }],
  ['a yes to words that are none', { version: 3 }, [], { refused: 'consent_is_unknown', field: 'version' }],
  [
    'a yes to a consent that is none',
    { consentCode: 'NEWZ', version: 1 },
    [],
    { refused: 'consent_is_unknown', field: 'consentCode' },
  ],
  ['the same yes again', { version: 1 }, [said('given')], { nothing: 'it holds already' }],
  ['a yes to newer words', { version: 2 }, [said('given')], { keep: { version: 2 } }],
  [
    'a yes for another channel',
    { version: 1, channelCode: 'sms' },
    [said('given')],
    { keep: { version: 1 } },
  ],
  ['a yes after a no', { version: 1 }, [said('given'), said('withdrawn')], { keep: { version: 1 } }],
  ['a no', { state: 'withdrawn' }, [said('given')], { keep: { version: 1 } }],
  ['a no that nobody had said yes before', { state: 'withdrawn' }, [], { keep: { version: 2 } }],
  ['the same no again', { state: 'withdrawn' }, [said('withdrawn')], { nothing: 'it holds already' }],
  [
    'a no for one channel',
    { state: 'withdrawn', channelCode: 'sms' },
    [said('given', 2, 'sms'), said('withdrawn')],
    { keep: { version: 2 } },
  ],
];

for (const [what, request, statements, decision] of cases) {
  test(`consent: ${what}`, () => {
    const asked: ConsentRequest = {
      consentCode: 'NEWS',
      version: undefined,
      channelCode: '',
      state: 'given',
      ...request,
    };
    assert.deepEqual(decideConsent(asked, texts, statements), decision);
  });
}

test('of each consent and channel holds what was said last', () => {
  const holding = consentsInForce([said('given'), said('given', 1, 'sms'), said('withdrawn')]);
  assert.deepEqual(
    holding.map(({ channelCode, state }) => [channelCode, state]),
    [
      ['sms', 'given'],
      ['', 'withdrawn'],
    ],
  );
});
