import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderCodePage } from './code-page.tsx';
import { exampleText } from './every-page.ts';
import { renderLandingPage } from './landing-page.tsx';
import { renderLinkPage } from './link-page.tsx';
import { renderLinkSentPage } from './link-sent-page.tsx';
import { renderLinkSpentPage } from './link-spent-page.tsx';
import { Words } from './parts/words.tsx';
import { renderPaymentSnippetPage } from './payment-snippet-page.tsx';
import { renderPaymentWaitingPage } from './payment-waiting-page.tsx';
import { renderProblemPage } from './problem-page.tsx';
import { styleSheet, styleSheetHash, styleSheetIn, styleSheetPathFor } from './style-sheet.ts';
import { textsFor } from './texts/page-texts.ts';

const code = { ...exampleText, action: '/user/code', sendNewAction: '/user/code/new' };

test('the link page posts the nonce to its action and never shows where the link went in full', () => {
  const html = renderLinkPage({ ...exampleText, action: '/l/token', giveUpUrl: exampleText.url });
  assert.match(
    html,
    /<form method="post" action="\/l\/token"><input type="hidden" name="nonce" value="nonce-1"/,
  );
  assert.ok(html.includes('o***@example.com'));
  assert.ok(html.includes('href="https://haredalens-tidende.example/konto?artikkel=1&amp;sted=2"'));
});

test('no page that anybody with a link can open shows the whole credential', () => {
  const pages = [
    renderLinkPage({ ...exampleText, action: '/l/token' }),
    renderLinkSpentPage({ ...exampleText, reason: 'used', action: '/l/token/new' }),
    renderLinkSentPage(exampleText),
  ];
  for (const html of pages) assert.ok(!html.includes('ola.nordmann'));
});

test('without an address to go to there is no link', () => {
  assert.ok(!renderLinkPage({ ...exampleText, action: '/l/token' }).includes('<a '));
});

test('a code is typed on a numeric keyboard and can be filled in by the phone', () => {
  const html = renderCodePage({ ...code, state: { kind: 'ready' } });
  const field = html.match(/<input id="code"[^>]*>/)?.[0] ?? '';
  assert.match(field, /inputmode="numeric"/);
  assert.match(field, /autocomplete="one-time-code"/);
  assert.match(html, /formaction="\/user\/code\/new" formnovalidate/);
});

test('a wrong code is said aloud, beside the field and in the title, with the tries that are left', () => {
  const render = (triesLeft: number) =>
    renderCodePage({ ...code, language: 'en', state: { kind: 'wrong', triesLeft } });
  assert.match(render(4), /role="alert" id="notice">That is not the right code\. You have 4 tries left\./);
  assert.match(render(1), /one try left/);
  assert.match(render(4), /aria-describedby="notice code-hint" aria-invalid="true"/);
  assert.match(render(4), /<title>Error: /);
});

test('a code that is over leaves only asking for a new one', () => {
  for (const kind of ['expired', 'too-many'] as const) {
    const html = renderCodePage({ ...code, credential: 'ola@example.com', state: { kind } });
    assert.ok(!html.includes('id="code"'));
    assert.match(html, /<form method="post" action="\/user\/code\/new">/);
    assert.match(html, /value="ola@example\.com"/);
  }
});

test('the waiting page loads its own next state, and stops doing so when the answer is slow', () => {
  const refresh = { seconds: 2, url: '/user/fulfillment/wait?o=1&n=2' };
  const waiting = renderPaymentWaitingPage({ ...exampleText, refresh });
  const tag = '<meta http-equiv="refresh" content="2;url=/user/fulfillment/wait?o=1&amp;n=2"/>';
  assert.ok(waiting.includes(tag));
  assert.ok(!renderPaymentWaitingPage(exampleText).includes('http-equiv'));
});

test('a provider’s document stands in a frame without an address of ours, with a way back', () => {
  const document = '<!doctype html><script src="https://kco.example/a.js"></script>\n\t% # & " \' é 😀 </p>';
  const model = { ...exampleText, amount: 'NOK 99.00', document };
  const html = renderPaymentSnippetPage({ ...model, returnUrl: exampleText.url });
  const [, encoded = ''] = /<iframe [^>]*src="data:text\/html;charset=utf-8,([^"<>&#]+)"/.exec(html) ?? [];
  assert.equal(decodeURIComponent(encoded), document);
  assert.doesNotMatch(html, /srcdoc|<script src="https/);
  const giveUp = { action: '/user/pay/give-up', nonce: 'nonce-1' };
  const loader = 'https://frames.example/user/assets/snippet';
  const elsewhere = renderPaymentSnippetPage({ ...model, loader, giveUp });
  assert.match(elsewhere, /action="\/user\/pay\/give-up"/);
  assert.match(
    elsewhere,
    /<iframe [^>]*data-origin="https:\/\/frames\.example" data-html="[^"<>&]+" src="https/,
  );
});

test('access ends at the time of the publisher, in words of the language', () => {
  const accessUntil = new Date('2031-01-01T23:30:00Z');
  const logOutEverywhere = { action: '/user/logout/everywhere', nonce: 'nonce-1' };
  const purchases = [{ name: 'Pluss', accessUntil }];
  const model = { ...exampleText, timeZone: 'Europe/Oslo', purchases, logOutEverywhere };
  assert.match(renderLandingPage(model), /til 2\. januar 2031/);
  assert.match(renderLandingPage({ ...model, language: 'sv' }), /till 2 januari 2031/);
});

test('an unusual status gets the words of its class', () => {
  const heading = (status: number) =>
    renderProblemPage({ ...exampleText, status }).match(/<h1>([^<]*)</)?.[1] ?? '';
  assert.equal(heading(418), heading(400));
  assert.equal(heading(502), heading(500));
  assert.notEqual(heading(404), heading(400));
  assert.ok(renderProblemPage({ ...exampleText, status: 500 }).includes('req-8f14e45f'));
});

test('what waiting may mend can be tried again, where the page was asked for and not sent', () => {
  const reloads = (status: number, canReload: boolean) =>
    renderProblemPage({ ...exampleText, status, canReload }).includes('<a class="button" href="">Prøv igjen');
  for (const status of [429, 500, 503])
    assert.deepEqual(
      [true, false].map((one) => reloads(status, one)),
      [true, false],
    );
  for (const status of [400, 403, 404, 409]) assert.ok(!reloads(status, true), `${status}`);
});

test('no line ends in the middle of an e-mail, and nothing else is held together', () => {
  const said = (purchase: string) => Words({ text: purchase });
  assert.equal(said('på e-post.'), 'på <span class="whole">e-post</span>.');
  assert.equal(said('E-postadresse <b>'), '<span class="whole">E-postadresse</span> &lt;b>');
  for (const other of ['the-end', 'e-postmeddelandet', 'one-e-two', 'e - post'])
    assert.equal(said(other), other);
});

test('who has no code finds the way back to the publisher', () => {
  for (const state of [{ kind: 'ready' }, { kind: 'expired' }] as const) {
    const html = renderCodePage({ ...code, state, homeUrl: 'https://avis.example/' });
    assert.match(html, /<a class="plain" href="https:\/\/avis\.example\/">Tilbake til Haredalens Tidende/);
  }
});

test('the nearest language is taken', () => {
  const cases = {
    nb: 'nb',
    'nn-NO': 'nn',
    no: 'nb',
    'da-DK': 'da',
    fi: 'fi',
    sv_SE: 'sv',
    'en-GB': 'en',
    de: 'en',
    '': 'en',
  };
  for (const [asked, given] of Object.entries(cases)) assert.equal(textsFor(asked).language, given);
});

test('the style sheet is addressed by what it says, and loads nothing', () => {
  const hash = styleSheetHash(undefined);
  assert.equal(styleSheetPathFor(undefined), `/user/assets/style.css?v=${hash}`);
  assert.match(hash, /^[0-9a-f]{16}$/);
  assert.doesNotMatch(styleSheet, /url\(|@import|https?:/);
});

test('a publisher’s colour has an address of its own, and what is no colour is none', () => {
  const path = styleSheetPathFor('#FFD400');
  assert.equal(path, `/user/assets/style.css?v=${styleSheetHash('#FFD400')}&colour=FFD400`);
  assert.notEqual(styleSheetHash('#FFD400'), styleSheetHash(undefined));
  for (const none of ['', 'red', '#fff', '#12345g', '#123456;} body{}', undefined]) {
    assert.equal(styleSheetPathFor(none), styleSheetPathFor(undefined));
    assert.equal(styleSheetIn(none), styleSheet);
  }
});
