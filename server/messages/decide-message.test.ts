import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPublisherSettings } from '../publishers/publisher-settings.ts';
import { decideMessage, isNearCeiling, type SentBefore, type WantedMessage } from './decide-message.ts';

const nothing: SentBefore = {
  toRecipientForCause: 0,
  ofOrderForCause: 0,
  smsOfPublisher: 0,
  smsForStrangers: 0,
  isShareUsedUp: false,
  smsForSupport: 0,
};
const sms: WantedMessage = {
  channel: 'sms',
  cause: 'order',
  country: 'NO',
  hasEmail: false,
  hasOrder: true,
};
const email: WantedMessage = { ...sms, channel: 'email', country: undefined };
const { smsPerDay, messagesPerRecipientPerDay: perRecipient, messagesPerOrder } = defaultPublisherSettings;

type Case = [what: string, wanted: WantedMessage, before: Partial<SentBefore>, expected: string];
const cases: Case[] = [
  ['a mobile at home', sms, {}, 'send'],
  ['an e-mail', { ...email, cause: 'client' }, {}, 'send'],
  ['Greenland', { ...sms, country: 'GL' }, {}, 'send'],
  ['Åland', { ...sms, country: 'AX' }, {}, 'send'],
  ['elsewhere', { ...sms, country: 'GB' }, {}, 'case sms_country_not_allowed'],
  ['no country', { ...sms, country: undefined }, {}, 'case sms_country_not_allowed'],
  ['elsewhere with e-mail', { ...sms, country: 'GB', hasEmail: true }, {}, 'email sms_country_not_allowed'],
  ['asked for at a page', { ...sms, country: 'GB', cause: 'stranger' }, {}, 'case sms_country_not_allowed'],
  [
    'elsewhere without an order',
    { ...sms, country: 'GB', cause: 'stranger', hasOrder: false },
    {},
    'hold sms_country_not_allowed',
  ],
  ['the last SMS of the day', sms, { smsOfPublisher: smsPerDay - 1 }, 'send'],
  ['one SMS more', sms, { smsOfPublisher: smsPerDay }, 'case sms_per_day_reached'],
  ['with e-mail', { ...sms, hasEmail: true }, { smsOfPublisher: smsPerDay }, 'email sms_per_day_reached'],
  ['an e-mail then', { ...email, cause: 'client' }, { smsOfPublisher: smsPerDay }, 'send'],
  [
    "a stranger's share",
    { ...sms, cause: 'stranger' },
    { smsForStrangers: smsPerDay / 5 },
    'hold sms_per_day_reached',
  ],
  [
    'a stranger’s to numbers that had their share',
    { ...sms, cause: 'stranger' },
    { isShareUsedUp: true },
    'hold sms_share_reached',
  ],
  [
    'one that can go by e-mail',
    { ...sms, cause: 'stranger', hasEmail: true },
    { isShareUsedUp: true },
    'email sms_share_reached',
  ],
  ['an e-mail to who asks', { ...email, cause: 'stranger' }, { isShareUsedUp: true }, 'send'],
  ['an order’s to such numbers', sms, { isShareUsedUp: true }, 'send'],
  ['a reader’s own to such numbers', { ...sms, cause: 'reader' }, { isShareUsedUp: true }, 'send'],
  ['the share left to an order', sms, { smsForStrangers: smsPerDay / 5 }, 'send'],
  ['the share left to a reader', { ...sms, cause: 'reader' }, { smsForStrangers: smsPerDay / 5 }, 'send'],
  [
    'support on a used-up day',
    { ...sms, cause: 'support' },
    { smsOfPublisher: smsPerDay, smsForSupport: 19 },
    'send',
  ],
  [
    'support that has used up its own',
    { ...sms, cause: 'support' },
    { smsOfPublisher: smsPerDay, smsForSupport: 20 },
    'hold sms_per_day_reached',
  ],
  [
    'support that has used up its own, with e-mail',
    { ...sms, cause: 'support', hasEmail: true },
    { smsOfPublisher: smsPerDay, smsForSupport: 20 },
    'email sms_per_day_reached',
  ],
  ['support to elsewhere', { ...sms, cause: 'support', country: 'GB' }, {}, 'hold sms_country_not_allowed'],
  [
    'support to a used-up recipient',
    { ...email, cause: 'support' },
    { toRecipientForCause: perRecipient },
    'hold messages_per_recipient_reached',
  ],
  ['one less to a recipient', sms, { toRecipientForCause: perRecipient - 1 }, 'send'],
  ['a used-up recipient', sms, { toRecipientForCause: perRecipient }, 'case messages_per_recipient_reached'],
  [
    'the e-mail of a completed order',
    email,
    { toRecipientForCause: 10_000, ofOrderForCause: 10_000, smsOfPublisher: 1e6 },
    'send',
  ],
  ['what an owner is told', { ...email, cause: 'owner' }, { toRecipientForCause: 10_000 }, 'send'],
  [
    'an e-mail that a client asked for',
    { ...email, cause: 'client' },
    { toRecipientForCause: perRecipient },
    'case messages_per_recipient_reached',
  ],
  [
    'an e-mail that a reader asked for',
    { ...email, cause: 'reader' },
    { toRecipientForCause: perRecipient },
    'hold messages_per_recipient_reached',
  ],
  [
    'too much about one order',
    { ...email, cause: 'client' },
    { ofOrderForCause: messagesPerOrder },
    'case messages_per_order_reached',
  ],
  [
    'too much about one order, with e-mail',
    { ...sms, hasEmail: true },
    { ofOrderForCause: messagesPerOrder },
    'email messages_per_order_reached',
  ],
];
for (const [what, wanted, before, expected] of cases) {
  test(`${what}: ${expected}`, () => {
    const decision = decideMessage(wanted, { ...nothing, ...before }, defaultPublisherSettings);
    assert.equal(decision.kind === 'send' ? 'send' : `${decision.kind} ${decision.reason}`, expected);
  });
}

test('a publisher that sends SMS nowhere sends none', () => {
  const decision = decideMessage(sms, nothing, { ...defaultPublisherSettings, smsCountries: [] });
  assert.equal(decision.kind, 'case');
});

test('an owner is warned from 80 % on', () => {
  const seen = [0, 79, 80, 81, 100].map((sent) => isNearCeiling(sent, { smsPerDay: 100 }));
  assert.deepEqual(seen, [false, false, true, true, true]);
});
