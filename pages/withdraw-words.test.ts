import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleText } from './every-page.ts';
import { textsFor } from './texts/page-texts.ts';
import { renderWithdrawConfirmPage } from './withdraw-confirm-page.tsx';
import { renderWithdrawOrderPage, type WithdrawnOrderState } from './withdraw-order-page.tsx';
import { renderWithdrawReceivedPage, type StatementOutcome } from './withdraw-received-page.tsx';

const languages = ['nb', 'nn', 'sv', 'da', 'fi', 'en'];

// Directive (EU) 2023/2673, article 1(3), in the Official Journal (CELEX 32023L2673) of each language that has
// one: article 11a(1) and (3). There is none in Norwegian: decision 55.
const labels: [language: string, withdraw: string, confirm: string][] = [
  ['sv', 'Ångra avtalet här', 'Bekräfta frånträde'],
  ['da', 'Fortryd aftale', 'Bekræft fortrydelse'],
  ['fi', 'Peruuta sopimus tästä', 'Vahvista peruuttaminen'],
  ['en', 'Withdraw from contract here', 'Confirm withdrawal'],
  ['nb', 'Angre avtalen her', 'Bekreft at jeg angrer'],
  ['nn', 'Angre avtalen her', 'Stadfest at eg angrar'],
];

for (const [language, withdraw, confirm] of labels) {
  test(`the labels of the withdrawal function are those of the directive: ${language}`, () => {
    const texts = textsFor(language);
    assert.deepEqual([texts.checkout.withdraw, texts.withdrawal.confirm], [withdraw, confirm]);
  });
}

const orderPage = (language: string, orderState: WithdrawnOrderState, isGift = false) =>
  renderWithdrawOrderPage({
    ...exampleText,
    language,
    orderId: 1,
    name: '',
    lines: [
      {
        lineNumber: 1,
        description: 'Plus',
        amount: '1 kr',
        isChosen: true,
        isGift,
        stands: { kind: 'open', until: orderState === 'completed' ? '1.' : undefined },
      },
    ],
    wentBack: undefined,
    orderState,
    email: undefined,
    faults: [],
    action: '/',
  });
const received = (language: string, outcome: Partial<Extract<StatementOutcome, { kind: 'accepted' }>>) =>
  renderWithdrawReceivedPage({
    ...exampleText,
    language,
    at: '1.',
    name: 'Kari',
    order: '1',
    lines: undefined,
    destination: undefined,
    outcome: { kind: 'accepted', ends: 'lines', isPart: false, moneyBack: 'nothing', ...outcome },
  });

for (const language of languages) {
  const { withdrawal } = textsFor(language);

  test(`what holds for the whole order is said once, and a day of a line beside it: ${language}`, () => {
    for (const state of ['stopped', 'under way'] as const) {
      const said = { stopped: withdrawal.stopped, 'under way': withdrawal.notCompleted }[state];
      assert.equal(orderPage(language, state).split(said).length, 2);
    }
    assert.match(orderPage(language, 'completed'), /aria-describedby="line1-hint"/);
    assert.doesNotMatch(orderPage(language, 'stopped'), /line1-hint/);
  });

  test(`of an order that has stopped nobody is told that it will be cancelled, or was: ${language}`, () => {
    const page = orderPage(language, 'stopped');
    assert.ok(page.includes(withdrawal.stopped));
    assert.ok(!page.includes(withdrawal.notCompleted));
    const after = received(language, { ends: 'nothing' });
    assert.ok(after.includes(withdrawal.stoppedBefore));
    for (const other of [withdrawal.cancelled, withdrawal.accepted]) assert.ok(!after.includes(other));
  });

  test(`whoever withdraws from a gift is told for whom it ends: ${language}`, () => {
    assert.ok(orderPage(language, 'completed', true).includes(withdrawal.gift));
    assert.ok(!orderPage(language, 'completed').includes(withdrawal.gift));
    assert.ok(received(language, { hasGift: true }).includes(withdrawal.giftEnded));
    assert.ok(!received(language, {}).includes(withdrawal.giftEnded));
    const summary = (hasGift: boolean) =>
      renderWithdrawConfirmPage({
        ...exampleText,
        language,
        name: 'Kari',
        order: '1',
        email: undefined,
        lines: undefined,
        hasGift,
        moneyBack: 'nothing',
        why: undefined,
        fields: {},
        action: '/',
      });
    assert.ok(summary(true).includes(withdrawal.gift));
    assert.ok(!summary(false).includes(withdrawal.gift));
  });
}
