import assert from 'node:assert/strict';
import { test } from 'node:test';
import { method, openShop, operation, purchase } from './kustom-shop.ts';

const hours = 3600;
const days = 24 * hours;

test('a session gives a snippet and its origins, and the paid order is reserved for 28 days', async (t) => {
  const shop = await openShop(t);
  const started = await method.start(shop.context, purchase('http://localhost:8080/notices'));
  assert.ok(started.kind === 'started' && started.buyer.to === 'snippet');
  assert.match(
    started.buyer.html,
    /<div id="kco-container"><script type="text\/javascript">[^<]+\/kustom\/checkout\.js'/,
  );
  assert.deepEqual(started.buyer.origins, [shop.sandbox.url]);

  const attempt = await shop.begin();
  assert.equal((await shop.ask(attempt)).meaning, 'pending');
  assert.equal((await shop.booked(attempt))?.state, 'unknown');
  assert.equal(await shop.decide(attempt, 'approve'), 200);
  const evidence = await shop.ask(attempt);
  assert.equal(evidence.meaning, 'secured');
  const money = { authorizedMinor: 12_500, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
  assert.deepEqual(evidence.money, money);
  const daysLeft = ((evidence.captureBefore?.getTime() ?? 0) - Date.now()) / (days * 1000);
  assert.equal(Math.round(daysLeft), 28);
  assert.equal((await shop.booked(attempt))?.reference, attempt.reference);
  assert.deepEqual(await shop.violations(), []);
});

test('who is denied may try again, and who walks away leaves the session open until it expires', async (t) => {
  const shop = await openShop(t);
  const denied = await shop.begin();
  assert.equal(await shop.decide(denied, 'refuse'), 200);
  assert.equal((await shop.ask(denied)).meaning, 'pending');
  assert.equal((await shop.booked(denied))?.state, 'declined');
  assert.equal(await shop.decide(denied, 'approve'), 200);
  assert.equal((await shop.ask(denied)).meaning, 'secured');

  const left = await shop.begin();
  assert.equal(await shop.decide(left, 'abandon'), 200);
  await shop.sandbox.advance(47 * hours);
  assert.equal((await shop.ask(left)).meaning, 'pending');
  await shop.sandbox.advance(1 * hours);
  assert.equal((await shop.ask(left)).meaning, 'expired');
  assert.equal((await shop.booked(left))?.state, 'declined');
  assert.equal(await shop.decide(left, 'approve'), 409);
  assert.deepEqual(await shop.violations(), []);
});

const buyers: [name: string, buyer: { email: string | undefined; mobile?: string }, refusals: number][] = [
  ['with a domain of another script', { email: 'kari@bokmål.no' }, 0],
  ['with a name of another script', { email: 'kåre@example.com' }, 0],
  ['without any address', { email: undefined }, 0],
  // Refused for the number, and then taken without it.
  ['with a number that Kustom cannot read', { email: undefined, mobile: `+${'1'.repeat(120)}` }, 1],
];

for (const [name, buyer, refusals] of buyers) {
  test(`a buyer ${name} can pay`, async (t) => {
    const shop = await openShop(t);
    const attempt = await shop.pay(buyer);
    assert.equal((await shop.ask(attempt)).meaning, 'secured');
    assert.equal((await shop.violations()).length, refusals);
  });
}

const addresses: [email: string, minutes: number, before: string, afterwards: string, state: string][] = [
  ['kari+pend-accept-20@example.com', 20, 'pending', 'secured', 'reserved'],
  ['kari+pend-reject-20@example.com', 20, 'pending', 'declined', 'declined'],
];

for (const [email, minutes, before, afterwards, state] of addresses) {
  test(`a review of ${email} is ${before}, then ${afterwards}`, async (t) => {
    const shop = await openShop(t);
    const attempt = await shop.pay({ email });
    const pending = await shop.ask(attempt);
    assert.deepEqual([pending.meaning, pending.code], [before, 'fraud review']);
    assert.equal(pending.money, undefined);
    assert.equal((await shop.booked(attempt))?.state, 'unknown');
    await shop.sandbox.advance(minutes * 60);
    assert.equal((await shop.ask(attempt)).meaning, afterwards);
    assert.equal((await shop.booked(attempt))?.state, state);
    const codes = (await shop.reports()).map((report) => report.resultCode);
    assert.ok(codes.includes(state === 'reserved' ? 'FRAUD_RISK_ACCEPTED' : 'FRAUD_RISK_REJECTED'));
  });
}

test('an order that is stopped after it was accepted is shown to a person', async (t) => {
  const shop = await openShop(t);
  const attempt = await shop.pay({ email: 'kari+stop-60@example.com' });
  const first = await shop.ask(attempt);
  assert.equal(first.meaning, 'secured');
  await shop.sandbox.advance(1 * hours);
  const { meaning, attention } = await shop.ask({ ...attempt, money: first.money ?? attempt.money });
  assert.deepEqual([meaning, attention], ['secured', 'fraud reversed']);
});

test('what is not captured in 28 days is lost, and a person sees it', async (t) => {
  const shop = await openShop(t);
  const attempt = await shop.pay();
  const { money } = await shop.ask(attempt);
  await shop.sandbox.advance(28 * days);
  const later = await shop.ask({ ...attempt, money: money ?? attempt.money });
  assert.deepEqual([later.meaning, later.attention], ['secured', 'authorization lost']);
  assert.equal(later.money?.cancelledMinor, 12_500);
  assert.equal((await shop.booked(attempt))?.state, 'released');
});

test('a create that fails or is lost is told truly, and makes no second session by itself', async (t) => {
  const shop = await openShop(t);
  const start = () => method.start(shop.context, purchase('http://localhost:8080/notices'));
  const sessions = async () => (await shop.sandbox.ledger()).charges.length;
  await shop.fault('error-500');
  assert.equal((await start()).kind, 'unknown');
  await shop.fault('timeout-before', { milliseconds: 0 });
  assert.equal((await start()).kind, 'unknown');
  assert.equal(await sessions(), 0);
  await shop.fault('timeout-after-success', { milliseconds: 0 });
  assert.equal((await start()).kind, 'unknown');
  assert.equal(await sessions(), 1);
  await shop.fault('slow', { milliseconds: 20 });
  assert.equal((await start()).kind, 'started');
  const elsewhere = { ...shop.context.settings, baseUrl: 'http://127.0.0.1:1/kustom' };
  const unreached = await method.start(
    { ...shop.context, settings: elsewhere },
    purchase('http://localhost/n'),
  );
  assert.equal(unreached.kind, 'not sent');
});

test('a question that is not answered says nothing of the money', async (t) => {
  const shop = await openShop(t);
  const attempt = await shop.pay();
  for (const [kind, more] of [
    ['error-500', {}],
    ['timeout-before', { milliseconds: 0 }],
    ['timeout-after-success', { milliseconds: 0 }],
  ] as const) {
    await shop.fault(kind, more);
    assert.equal((await shop.ask(attempt)).meaning, 'unknown', kind);
  }
  const stranger = { ...shop.context.settings, password: 'wrong' };
  const refused = await method.ask({ ...shop.context, settings: stranger }, attempt);
  assert.equal(refused.meaning, 'unknown');
  const lost = await shop.ask({ ...attempt, providerId: undefined });
  assert.deepEqual([lost.meaning, lost.isUnresolvable], ['unknown', true]);
});

test('an order that breaks a rule of sums is refused, and counted', async (t) => {
  const shop = await openShop(t);
  const request = purchase('http://localhost:8080/notices', { vatMinor: 9000, lines: [] });
  const started = await method.start(shop.context, { ...request, amountMinor: 1 });
  assert.deepEqual([started.kind, started.kind === 'refused' && started.code], ['refused', 'BAD_VALUE']);
  assert.equal((await shop.violations()).length, 1);
});

test('a session that is given up cannot be paid, and a paid one is never given up', async (t) => {
  const shop = await openShop(t);
  const unpaid = { ...operation(), scope: 'unpaid only' as const };
  const open = await shop.begin();
  await shop.fault('timeout-after-success', { milliseconds: 0 });
  assert.equal((await method.cancel(shop.context, open, unpaid)).kind, 'unknown');
  assert.equal((await method.cancel(shop.context, open, unpaid)).kind, 'succeeded');
  assert.equal(await shop.decide(open, 'approve'), 409);
  assert.equal((await shop.ask(open)).meaning, 'aborted');

  const paid = await shop.pay();
  assert.equal((await method.cancel(shop.context, paid, unpaid)).kind, 'already secured');
  assert.equal((await shop.booked(paid))?.state, 'reserved');

  const reviewed = await shop.pay({ email: 'kari+pend-accept-9@example.com' });
  assert.equal((await method.cancel(shop.context, reviewed, unpaid)).kind, 'already secured');

  const expired = await shop.begin();
  await shop.decide(expired, 'expire');
  assert.equal((await method.cancel(shop.context, expired, unpaid)).kind, 'succeeded');
});

test('settings are tried in words', async (t) => {
  const shop = await openShop(t);
  const faults = async (changes: Record<string, string>) => {
    const settings = { ...shop.context.settings, ...changes };
    return (await method.testSettings({ ...shop.context, settings })).map(({ setting }) => setting);
  };
  assert.deepEqual(await faults({}), []);
  assert.deepEqual(await faults({ password: 'wrong' }), ['password']);
  assert.deepEqual(await faults({ baseUrl: 'http://127.0.0.1:1' }), ['baseUrl']);
  assert.deepEqual(await faults({ baseUrl: `${shop.sandbox.url}/phone` }), ['baseUrl']);
});
