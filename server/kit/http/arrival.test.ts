import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Arrival, arrivalOf } from './arrival.ts';
import type { PageCall } from './endpoint.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const gone = { userAgent: firefox, secFetchMode: 'navigate', secFetchDest: 'document' };

const cases: [string, PageCall['headers'], Arrival][] = [
  ['a link or redirect of another site', { ...gone, secFetchSite: 'cross-site' }, 'sent'],
  ['of the same site', { ...gone, secFetchSite: 'same-site' }, 'sent'],
  ['of a page of ours', { ...gone, secFetchSite: 'same-origin' }, 'sent'],
  ['without the site', gone, 'sent'],
  ['from a message, or typed', { ...gone, secFetchSite: 'none' }, 'opened'],
  ['an old browser', { userAgent: firefox }, 'unsaid'],
  ['a program', {}, 'unsaid'],
  ['curl', { userAgent: 'curl/8.14.1' }, 'unsaid'],
  ['an image', { ...gone, secFetchMode: 'no-cors', secFetchDest: 'image' }, 'nobody'],
  ['a frame', { ...gone, secFetchDest: 'iframe' }, 'nobody'],
  ['a script', { ...gone, secFetchMode: 'cors', secFetchDest: 'empty' }, 'nobody'],
  ['a program with the fetch of Node', { userAgent: 'node', secFetchMode: 'cors' }, 'unsaid'],
  ['a browser of 2019', { userAgent: firefox, secFetchMode: 'navigate', secFetchSite: 'cross-site' }, 'sent'],
  ['a script of such a browser', { secFetchMode: 'cors', secFetchSite: 'cross-site' }, 'nobody'],
  ['fetched ahead', { ...gone, purpose: 'prefetch' }, 'nobody'],
  ['rendered ahead', { ...gone, purpose: 'prefetch;prerender' }, 'nobody'],
  ['previewed', { userAgent: firefox, purpose: 'preview' }, 'nobody'],
  ['Slack', { userAgent: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' }, 'nobody'],
  ['Facebook', { userAgent: 'facebookexternalhit/1.1' }, 'nobody'],
  ['WhatsApp', { userAgent: 'WhatsApp/2.23.20.0' }, 'nobody'],
  ['Telegram', { userAgent: 'TelegramBot (like TwitterBot)' }, 'nobody'],
  ['Skype and Teams', { userAgent: 'Mozilla/5.0 SkypeUriPreview Preview/0.5' }, 'nobody'],
  ['a robot as a browser', { ...gone, userAgent: `${firefox} (compatible; bingbot/2.0)` }, 'nobody'],
  ['a phone named Cubot', { ...gone, userAgent: 'Mozilla/5.0 (Linux; Android 11; CUBOT X30)' }, 'sent'],
];

for (const [name, headers, arrival] of cases) {
  test(`who is behind a GET: ${name}`, () => {
    assert.equal(arrivalOf({ method: 'GET', headers }), arrival);
    assert.equal(arrivalOf({ method: 'HEAD', headers }), 'nobody');
  });
}
