import { type Article, articles, findArticle, paper } from './articles.ts';
import type { Context } from './context.ts';
import type { Reader, Wanted } from './leveret.ts';
import { asked, findReader, sendToLeveret } from './log-in.ts';
import type { Answer, Visit } from './serve.ts';
import { type Session, unguessable } from './sessions.ts';

export async function showFront(shop: Context, { session, path }: Visit): Promise<Answer> {
  return { page: shop.pages.front(articles, { reader: await findReader(shop, session), path }) };
}

/** A locked article opens to whoever may read it; everybody else is shown what it costs. */
export async function readArticle(shop: Context, visit: Visit): Promise<Answer> {
  const { session, path } = visit;
  const article = findArticle(visit.name);
  if (!article) return { status: 404, page: shop.pages.sorry('There is no such article.') };
  const reader = await findReader(shop, session);
  const seen = { reader, path };
  if (!article.isLocked) return { page: shop.pages.article(article, seen) };
  // Perhaps Leveret knows the reader, who pressed the link in a message, or logged in at a sister site.
  if (!reader && !visit.query.has(asked)) return sendToLeveret(shop, visit, path, 'none');
  const mayRead =
    (reader && (await readerMayRead(shop, reader, article))) || (await boughtHere(shop, session, article));
  if (mayRead) return { page: shop.pages.article(article, seen) };
  return { page: await wall(shop, article, seen) };
}

/** What it costs, with why nothing came of a purchase before. */
export async function wall(
  shop: Context,
  article: Article,
  seen: { reader: Reader | undefined; path: string; problem?: string | undefined },
) {
  const offers = await shop.leveret.listOffers(paper);
  return shop.pages.wall(article, { ...seen, month: offers[0], key: unguessable() });
}

/** The whole paper opens an article, and so does the article itself. */
async function anyOf(article: Article, mayRead: (wanted: Wanted) => Promise<boolean>): Promise<boolean> {
  return (await mayRead({ product: paper })) || mayRead({ articleId: article.ref });
}

function readerMayRead(shop: Context, reader: { token: string }, article: Article): Promise<boolean> {
  return anyOf(article, (wanted) => shop.leveret.readerMayRead(reader.token, wanted));
}

/**
 * Somebody who has just bought here reads on at once, without logging in. The shop vouches for the address of
 * this browser's own purchase, and asks for what was bought and nothing else: anybody can type any address.
 */
async function boughtHere(shop: Context, session: Session | undefined, article: Article): Promise<boolean> {
  for (const { state, credential, opensAll, article: bought } of session?.purchases.values() ?? []) {
    if (state !== 'completed' || credential === undefined) continue;
    if (!opensAll && bought !== article.name) continue;
    const wanted = opensAll ? { product: paper } : { articleId: article.ref };
    if (await shop.leveret.buyerMayRead(credential, wanted)) return true;
  }
  return false;
}
