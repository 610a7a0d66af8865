import { createHash } from 'node:crypto';
import { type Article, findArticle, paper } from './articles.ts';
import { Refused } from './ask-leveret.ts';
import type { Context } from './context.ts';
import type { Offer, Reader } from './leveret.ts';
import { asked, findReader } from './log-in.ts';
import { wall } from './read-article.ts';
import type { Answer, Visit } from './serve.ts';
import type { Purchase } from './sessions.ts';

const daySeconds = 86_400;
const linkHours = 24;

/** The buttons under a locked article: registers the order, completes it, and sends on whoever has to pay. */
export async function buyAccess(shop: Context, visit: Visit): Promise<Answer> {
  const { form } = visit;
  const article = findArticle(form.get('article') ?? '');
  const drawn = form.get('key') ?? '';
  const what = form.get('what') ?? '';
  if (!article?.isLocked || !/^[\w-]{43}$/.test(drawn))
    return { status: 400, page: shop.pages.sorry('This form is not whole. Open the article once more.') };
  const reader = await findReader(shop, visit.session);
  const address = reader ? undefined : (form.get('address') ?? '').trim();
  const name = reader?.name.lastName ? undefined : (form.get('name') ?? '').trim();
  const seen = { reader, path: pathOf(article) };
  try {
    if (address === '' || name === '') throw new Refused(400, 'not_whole', 'write who you are');
    const key = keyOf(drawn, what, address ?? reader?.uniqueId ?? '', name ?? '');
    return await place(shop, visit, { article, what, key, reader, address, name });
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error;
    const problem = sentences.get(error.code) ?? `Nothing was bought: ${error.message}.`;
    return { status: 400, page: await wall(shop, article, { ...seen, problem }) };
  }
}

const noAddress = 'That is no e-mail address or mobile number, so nothing was bought.';
const sentences = new Map([
  ['email_is_invalid', noAddress],
  ['phone_number_is_invalid', noAddress],
  ['credential_is_invalid', noAddress],
]);

type Buying = {
  article: Article;
  what: string;
  key: string;
  reader: Reader | undefined;
  address: string | undefined;
  name: string | undefined;
};

/** Of what a form says: sent twice it is one purchase, and with another button or buyer it is another. */
function keyOf(...said: string[]): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

async function place(shop: Context, visit: Visit, buying: Buying): Promise<Answer> {
  const { article, what, key, reader, address, name } = buying;
  const [month] = await shop.leveret.listOffers(paper);
  const orderId = await shop.leveret.registerOrder(
    {
      // A reader who is logged in owns the order; for anybody else the address does, once it is proven.
      ...(reader ? { uniqueUserId: reader.uniqueId } : {}),
      payer: {
        ...nameOf(name ?? [reader?.name.firstName, reader?.name.lastName].filter(Boolean).join(' ')),
        ...reachedAt(address ?? reader?.credential?.credential ?? ''),
      },
      ...orderOf(what, article, month),
    },
    key,
  );
  const purchase: Purchase = {
    orderId,
    state: 'registered',
    article: article.name,
    opensAll: what === 'month',
    credential: address,
    payAt: undefined,
  };
  visit.session ??= shop.sessions.start();
  // Before completing, so that the callback finds it.
  shop.sessions.keepPurchase(visit.session, key, purchase);
  const completed = await shop.leveret.completeOrder(
    {
      orderId,
      callbackUrl: `${shop.url}/callback/${key}`,
      // Whoever is not logged in is sent a link; it leads to the article, in whatever browser it is pressed.
      ...(address === undefined ? {} : { credential: address, linkLifetime: linkHours }),
      returnUrl: `${shop.url}${pathOf(article)}`,
      errorUrl: `${shop.url}/sorry?to=${encodeURIComponent(pathOf(article))}`,
    },
    key,
  );
  const back = `${shop.url}/bought/${key}`;
  if (completed.fulfillmentStatus === 'OK') return { redirectTo: back };
  if (completed.code !== 'buyer_must_act' || completed.fulfillmentUrl === undefined)
    throw new Refused(400, completed.code ?? '', 'this cannot be paid here');
  purchase.payAt = `${completed.fulfillmentUrl}?returnUrl=${encodeURIComponent(back)}`;
  return { redirectTo: purchase.payAt };
}

/** What each button orders. Without a `paymentMethod` the buyer chooses one on Leveret's page. */
function orderOf(what: string, article: Article, month: Offer | undefined): object {
  const line = {
    productSpecType: 'article',
    articleDetail: { articleRef: article.ref, articleDesc: article.title, product: paper },
    unitPrice: article.price,
  };
  if (what === 'day')
    return {
      paymentMethod: 'free',
      orderLines: [{ ...line, unitPrice: 0, allowAccessSeconds: daySeconds }],
    };
  if (what === 'article') return { orderLines: [line] };
  if (what !== 'month' || !month) throw new Refused(400, 'not_sold', 'that is not sold');
  const { couponCode: productSpecCode, couponNumber: productSpecNo } = month;
  return { orderLines: [{ productSpecType: 'coupon', productSpecCode, productSpecNo }] };
}

/** The last word is the last name, which an order needs. */
function nameOf(name: string): object {
  const words = name.split(/\s+/);
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) };
}

function reachedAt(address: string): object {
  return address.includes('@') ? { emails: [address] } : { phoneNumbers: [address] };
}

/**
 * Leveret tells that an order has ended, and comes again until it gets a 2xx. Anybody may call an address,
 * so nothing in it is believed: the shop asks what became of the order. What it knows no more is gone.
 */
export async function hearCallback(shop: Context, visit: Visit): Promise<Answer> {
  const purchase = shop.sessions.findPurchase(visit.name);
  if (!purchase) return { status: 410, file: { type: 'text/plain', content: 'unknown' } };
  purchase.state = await shop.leveret.stateOf(purchase.orderId);
  return { file: { type: 'text/plain', content: 'OK' } };
}

/** The buyer is back. Most often the callback was here first; else the shop asks, and looks again. */
export async function showBought(shop: Context, visit: Visit): Promise<Answer> {
  const purchase = visit.session?.purchases.get(visit.name);
  const article = purchase && findArticle(purchase.article);
  if (!article) return { status: 404, page: shop.pages.sorry(elsewhere) };
  if (purchase.state !== 'completed') purchase.state = await shop.leveret.stateOf(purchase.orderId);
  // Who bought is known, so that nobody needs to be asked for.
  if (purchase.state === 'completed') return { redirectTo: `${pathOf(article)}?${asked}=1` };
  const reader = await findReader(shop, visit.session);
  const seen = { reader, path: pathOf(article) };
  if (purchase.state === 'stopped')
    return { page: await wall(shop, article, { ...seen, problem: nothingBought }) };
  return { page: shop.pages.waiting(article, { ...seen, payAt: purchase.payAt }) };
}

const nothingBought = 'Nothing was bought, and nothing is paid.';
const elsewhere = 'This browser has bought nothing here. If you have, press the link in our message.';

function pathOf({ name }: Article): string {
  return `/articles/${name}`;
}
