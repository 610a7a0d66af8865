import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { gsm7Length, segmentCount } from './gsm7.ts';
import { type LoginLinkValues, type Message, sampleMessages } from './message-kinds.ts';
import { messageLanguages, renderMessage } from './render-message.ts';

const longestBase = 'https://a-publisher.example.no';
const longestLink = `${longestBase}/l/${'W_-9'.repeat(5)}zz`;
const loginLink = sampleMessages['login-link'].values;
const messages: Message[] = Object.values(sampleMessages);

const names = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('🐇🐇🐇', '', 'Łódzkie — “Pluss” €€€€', '[{|}]'.repeat(30), 'Ærlig '.repeat(50)),
);
const lifetimes = fc.constantFrom<LoginLinkValues['lifetime']>(
  { number: 1, unit: 'minutes' },
  { number: 43_200, unit: 'minutes' },
  { number: 720, unit: 'hours' },
  { number: 30, unit: 'days' },
);

test('the longest link stands whole in one SMS of 160 GSM-7 characters, whatever the names are', () => {
  assert.equal(longestLink.length, 30 + 3 + 22);
  const someRequest = fc.record({
    language: fc.constantFrom(...messageLanguages),
    account: fc.constantFrom<LoginLinkValues['account']>('new', 'existing'),
    publisherName: names,
    purchase: fc.record({ first: names, more: fc.integer({ min: 0, max: 99 }) }),
    lifetime: lifetimes,
  });
  fc.assert(
    fc.property(someRequest, ({ language, ...given }) => {
      const values = { ...loginLink, ...given, link: longestLink };
      const { text } = renderMessage({ message: 'login-link', channel: 'sms', language, values });
      assert.ok((gsm7Length(text) ?? Infinity) <= 160, text);
      assert.ok(text.endsWith(`\n${longestLink}`), text);
    }),
    { numRuns: 500 },
  );
});

test('every SMS is one segment with long names, in every language', () => {
  for (const language of messageLanguages) {
    for (const sample of messages) {
      const request = withNames(sample, 'Østlendingens Publisistiske Hus '.repeat(6));
      const { text } = renderMessage({ ...request, channel: 'sms', language });
      assert.equal(segmentCount(text), 1, text);
    }
  }
});

test('names are only cut when they must be, the purchase first', () => {
  const values = {
    ...loginLink,
    publisherName: 'Adresseavisen',
    purchase: only('Leveret Pluss – årsabonnement'),
  };
  const short = renderMessage({ message: 'login-link', channel: 'sms', language: 'nb', values });
  assert.match(short.text, /^Adresseavisen: .*Leveret Pluss - årsabonnement\./);
  const long = { ...values, purchase: only('Et langt navn '.repeat(10)), link: longestLink };
  const cut = renderMessage({ message: 'login-link', channel: 'sms', language: 'nb', values: long });
  assert.match(cut.text, /^Adresseavisen: .*Et langt navn.*\.\.\./);
  assert.ok((gsm7Length(cut.text) ?? 0) > 150, 'no more is cut than needed');
});

test('an order of several lines is told as one, also where the first name is cut', () => {
  const values = { ...loginLink, purchase: { first: 'Et langt navn '.repeat(10), more: 2 } };
  const [sms, email] = (['sms', 'email'] as const).map((channel) =>
    renderMessage({ message: 'login-link', channel, language: 'nb', values }),
  );
  assert.match(sms?.text ?? '', /Et langt navn.*\.\.\. og 2 til\./);
  assert.equal(segmentCount(sms?.text ?? ''), 1);
  assert.match(email?.text ?? '', /Et langt navn og 2 til/);
});

test('a name of emoji only is replaced by the host of the link or the order number', () => {
  const values = { ...loginLink, publisherName: '🐇', purchase: only('🐇'), orderId: 42 };
  const { text } = renderMessage({ message: 'login-link', channel: 'sms', language: 'en', values });
  assert.match(text, /^leveret\.example: .* #42\./);
});

test('every message has every form in every language, and says what it must', () => {
  for (const language of messageLanguages) {
    const link = renderMessage({ ...sampleMessages['login-link'], channel: 'email', language });
    for (const body of [link.text, link.html]) {
      for (const needed of [loginLink.link, loginLink.code, loginLink.codeAddress, 'Leveret Pluss']) {
        assert.ok(body.includes(needed), `${language}: ${needed}`);
      }
    }
    const code = renderMessage({ ...sampleMessages['login-code'], channel: 'email', language });
    assert.ok(code.text.includes('123456') && code.html.includes('123456'));
    assert.match(link.html, new RegExp(`<html lang="${language}">`));
    for (const email of [link, code]) assert.doesNotMatch(email.subject, /\d{6}|https:/);
  }
});

test('a new account is told that it was made, an existing one is not', () => {
  for (const language of messageLanguages) {
    for (const channel of ['sms', 'email'] as const) {
      const [fresh, known] = (['new', 'existing'] as const).map((account) => {
        const values = { ...loginLink, account };
        const content = renderMessage({ message: 'login-link', channel, language, values });
        return content.text;
      });
      assert.notEqual(fresh, known, `${language} ${channel}`);
    }
  }
});

test('lifetimes follow the language', () => {
  const cases: [string, LoginLinkValues['lifetime'], string][] = [
    ['nb', { number: 1, unit: 'hours' }, '1 time'],
    ['nb', { number: 24, unit: 'hours' }, '24 timer'],
    ['sv', { number: 1, unit: 'days' }, '1 dag'],
    ['sv', { number: 30, unit: 'minutes' }, '30 minuter'],
    ['en', { number: 1, unit: 'minutes' }, '1 minute:'],
    ['en', { number: 2, unit: 'days' }, '2 days'],
  ];
  for (const [language, lifetime, expected] of cases) {
    const values = { ...loginLink, lifetime };
    const { text } = renderMessage({ message: 'login-link', channel: 'sms', language, values });
    assert.ok(text.includes(expected), text);
  }
});

test('the nearest language is taken', () => {
  const subject = (language: string) =>
    renderMessage({ ...sampleMessages['login-link'], channel: 'email', language }).subject;
  assert.equal(subject('nb-NO'), subject('nb'));
  assert.equal(subject('no'), subject('nb'));
  assert.equal(subject('sv_SE'), subject('sv'));
  for (const unknown of ['de', '', 'xx-YY', 'constructor']) assert.equal(subject(unknown), subject('en'));
});

test('values cannot break out of the HTML, the subject or their line', () => {
  const evil = `<script>alert("x")</script>'&{link}\r\nBcc: a@b\u202e`;
  for (const language of messageLanguages) {
    for (const sample of messages) {
      const email = renderMessage({ ...withNames(sample, evil), channel: 'email', language });
      assert.ok(!email.html.includes('<script'));
      assert.ok(!email.html.includes('alert("x")'));
      assert.doesNotMatch(email.subject, /[\r\n\u202e]/);
      assert.doesNotMatch(email.text, /^Bcc:/m);
    }
  }
});

const only = (first: string) => ({ first, more: 0 });

function withNames(sample: Message, name: string): Message {
  if (sample.message === 'login-link') {
    return { ...sample, values: { ...sample.values, publisherName: name, purchase: only(name) } };
  }
  if (sample.message === 'login-code') {
    return { ...sample, values: { ...sample.values, publisherName: name } };
  }
  if (sample.message === 'receipt') {
    const [line, right] = [sample.values.lines[0], sample.values.rights[0]];
    if (!line || !right) throw new Error('the sample receipt has no lines');
    return {
      ...sample,
      values: {
        ...sample.values,
        publisherName: name,
        method: name,
        lines: [{ ...line, description: name }],
        rights: [{ ...right, product: name }],
        seller: [{ kind: 'address', value: name }],
      },
    };
  }
  if (sample.message === 'withdrawal-receipt') {
    const [statement] = sample.values.statements;
    if (!statement) throw new Error('the sample receipt has no statement');
    const shown = { publisherName: name, order: name.slice(0, 40) };
    const statements = [{ ...statement, ...shown, name, what: name }];
    const seller = [{ kind: 'address' as const, value: name }];
    return { ...sample, values: { ...sample.values, ...shown, statements, seller } };
  }
  if (sample.message === 'sms-ceiling') {
    return { ...sample, values: { ...sample.values, publisherName: name } };
  }
  if (sample.message === 'sms-strangers') {
    return { ...sample, values: { ...sample.values, publisherName: name } };
  }
  return { ...sample, values: { ...sample.values, publisherName: name, endpoint: name } };
}
