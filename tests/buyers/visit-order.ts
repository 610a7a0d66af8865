import { until } from '../builders/until.ts';
import { type BuyerBrowser, openBuyerBrowser, type Page } from './browser.ts';
import type { PaymentDesk } from './payment-desk.ts';
import { type Place, plain, readPlace } from './read-place.ts';

/** How a buyer at a screen goes about it. */
export type Manner =
  | 'pays'
  | 'pays and closes the browser'
  | 'refuses and gives up'
  | 'refuses, then pays'
  | 'walks away'
  | 'walks away and pays later'
  | 'changes to a card and pays both'
  | 'opens two tabs and pays in both';

export type Street = {
  publicUrl: string;
  addresses: readonly string[];
  desk: PaymentDesk;
  /** How long a buyer waits on our page for the outcome. */
  waitingMilliseconds: number;
};

export type Visit = {
  orderId: number;
  url: string;
  manner: Manner;
  /** What is pressed where our page leaves the method to the buyer. */
  method?: string;
};

type Provider = Extract<Place, { at: 'vipps' | 'swedbankpay' | 'kustom' | 'code' }>;
type Act = 'approve' | 'refuse' | 'abandon';

/** Sends a buyer to an order's page; answers where the visit ended, in words. */
export async function visitOrder(street: Street, visit: Visit): Promise<string> {
  if (visit.manner === 'changes to a card and pays both') return changeToCard(street, visit);
  const browser = openBuyerBrowser(street);
  const goOn = (page: Page) => arrive(browser, page, visit.method);
  const place = await begun(street, browser, visit, await goOn(await browser.open(visit.url)));
  if (!isProvider(place)) return sayWhere(place);
  switch (visit.manner) {
    case 'pays':
      return sayWhere(await pay(street, browser, visit, place));
    case 'pays and closes the browser':
      if (place.at === 'code') await pay(street, browser, visit, place);
      else await street.desk.decide(visit.orderId, 'approve');
      return 'paid, and gone';
    case 'refuses and gives up':
      return giveUp(street, browser, await press(browser, place, 'refuse'));
    case 'refuses, then pays': {
      const after = await outcomeOf(street, browser, await press(browser, place, 'refuse'));
      const again = await begun(street, browser, visit, await goOn(await pageOf(browser, after, visit)));
      return sayWhere(isProvider(again) ? await pay(street, browser, visit, again) : again);
    }
    case 'walks away':
    case 'walks away and pays later':
      await press(browser, place, 'abandon');
      return 'walked away';
    case 'opens two tabs and pays in both': {
      const other = await arrive(openBuyerBrowser(street), await browser.open(visit.url), visit.method);
      const tabs = [place, ...(isProvider(other) ? [other] : [])];
      const ends = await Promise.all(tabs.map((tab) => press(browser, tab, 'approve')));
      return ends.map(sayWhere).join(', ');
    }
  }
}

const mostBeginnings = 5;

/** A session whose answer was lost keeps the buyer waiting for a while, and is then begun anew. */
async function begun(street: Street, browser: BuyerBrowser, visit: Visit, first: Place): Promise<Place> {
  let place = first;
  for (let left = mostBeginnings; place.at === 'waiting' && left > 0; left -= 1) {
    const after = await outcomeOf(street, browser, place);
    place = await arrive(browser, await pageOf(browser, after, visit), visit.method);
  }
  return place;
}

function isProvider(place: Place): place is Provider {
  return ['vipps', 'swedbankpay', 'kustom', 'code'].includes(place.at);
}

const mostSteps = 12;
const byCard = 'creditcardPayex';

/** Goes on until the buyer is at a provider, or cannot; a session that could not be made is tried again. */
async function arrive(browser: BuyerBrowser, first: Page, method: string | undefined): Promise<Place> {
  let page = first;
  for (let step = 0; step < mostSteps; step += 1) {
    const place = readPlace(page);
    if (place.at === 'leaving') page = await browser.open(place.url);
    else if (place.at === 'choice') page = await browser.submit(place.pay.action, choiceOf(place, method));
    else return place;
  }
  return readPlace(page);
}

function choiceOf({ pay, methods }: Extract<Place, { at: 'choice' }>, wanted: string | undefined) {
  const method = methods.find((one) => one === wanted) ?? methods[0] ?? '';
  return { nonce: pay.nonce, method };
}

const words: Record<Provider['at'], Record<Act, string>> = {
  code: { approve: '1234', refuse: '9999', abandon: '' },
  vipps: { approve: 'approve', refuse: 'refuse', abandon: 'abandon' },
  swedbankpay: { approve: 'approve', refuse: 'cancel', abandon: 'leave' },
  kustom: { approve: 'approve', refuse: 'deny', abandon: 'leave' },
};

/** Presses on the provider's page and follows back to ours; a checkout that is denied stays where it is. */
async function press(browser: BuyerBrowser, place: Provider, act: Act): Promise<Place> {
  const word = words[place.at][act];
  if (place.at === 'code') {
    const { action, nonce } = place.pay;
    return word === '' ? place : readPlace(await browser.submit(action, { nonce, code: word }));
  }
  if (place.at !== 'kustom') return readPlace(await browser.submit(`${place.url}/${word}`, {}));
  const page = await browser.submit(place.url, { choice: word });
  if (act === 'refuse') return place;
  const leave = /id="leave" href="([^"]+)"/.exec(page.html)?.[1];
  return leave === undefined ? readPlace(page) : readPlace(await browser.open(plain(leave)));
}

/** Goes where our page leads by itself while it waits, as long as the buyer's patience lasts. */
async function outcomeOf(street: Street, browser: BuyerBrowser, place: Place): Promise<Place> {
  if (place.at !== 'waiting') return place;
  let { again } = place;
  const look = async () => {
    // As who has just begun to wait, so that our page does not give up before the buyer does.
    const now = readPlace(await browser.open(again.replace(/Since=\d+/, `Since=${Date.now()}`)));
    if (now.at !== 'waiting') return now;
    again = now.again;
    return undefined;
  };
  return until('an outcome', look, street.waitingMilliseconds, 300).catch(() => place);
}

/**
 * Approves. Whoever typed a code sees how that ends: a node that died before it charged leaves a page that
 * says that nothing was paid, and the buyer begins anew.
 */
async function pay(street: Street, browser: BuyerBrowser, visit: Visit, first: Provider): Promise<Place> {
  let place: Place = first;
  for (let left = mostBeginnings; isProvider(place) && left > 0; left -= 1) {
    const pressed = await press(browser, place, 'approve');
    if (place.at !== 'code') return pressed;
    place = await outcomeOf(street, browser, pressed);
    if (place.at !== 'choice') continue;
    const again = await arrive(browser, await pageOf(browser, place, visit), visit.method);
    place = await begun(street, browser, visit, again);
  }
  return place;
}

function pageOf(browser: BuyerBrowser, place: Place, visit: Visit): Promise<Page> {
  if (place.at !== 'choice') return browser.open(visit.url);
  return browser.submit(place.pay.action, choiceOf(place, visit.method));
}

async function giveUp(street: Street, browser: BuyerBrowser, refused: Place): Promise<string> {
  const place = await outcomeOf(street, browser, refused);
  if (place.at !== 'choice' && place.at !== 'kustom' && place.at !== 'code') return sayWhere(place);
  return sayWhere(readPlace(await browser.submit(place.giveUp.action, { nonce: place.giveUp.nonce })));
}

/**
 * Where the method is left to the buyer, who begins with one, goes back and pays by card; and then pays in
 * the first window after all.
 */
async function changeToCard(street: Street, visit: Visit): Promise<string> {
  const browser = openBuyerBrowser(street);
  const start = await browser.open(visit.url);
  const choice = readPlace(start);
  const former = await arrive(browser, start, visit.method);
  if (!isProvider(former) || choice.at !== 'choice') return sayWhere(former);
  const sessions = await street.desk.sessionsOf(visit.orderId);
  const { action, nonce } = choice.pay;
  const card = await arrive(browser, await browser.submit(action, { nonce, method: byCard }), byCard);
  const ended = isProvider(card) ? await press(browser, card, 'approve') : card;
  for (const session of sessions) await street.desk.decideSession(session, 'approve');
  return sayWhere(ended);
}

function sayWhere(place: Place): string {
  if (place.at === 'publisher') return `back with ${place.status}`;
  return place.at === 'elsewhere' ? `at ${new URL(place.url).pathname} (${place.status})` : `at ${place.at}`;
}
