import type { Article } from './articles.ts';
import type { Site } from './ask-leveret.ts';
import { type Html, html } from './html.ts';
import type { Offer, Reader } from './leveret.ts';

/** Who sees a page, and where a login leads back to. */
type Seen = { reader: Reader | undefined; path: string };

/** A locked article with what opens it; `key` tells a form that is sent twice from two purchases. */
type Sale = Seen & { month: Offer | undefined; key: string; problem?: string | undefined };

type Way = { reader?: Reader | undefined; to?: string; offersLogin?: boolean };

export type Pages = ReturnType<typeof drawPages>;

/** The shop's pages: functions from what is to be shown to HTML. They work without scripts. */
export function drawPages(site: Site) {
  const { origin } = new URL(site.leveretUrl);
  const page = (title: string, seen: Seen, body: Html, inHead?: Html) =>
    frame(site, { title, seen, body, inHead });
  return {
    /** A form's answer may lead on to Leveret, and from there to any payment provider. */
    policy:
      `default-src 'none'; style-src 'self'; img-src data:; script-src 'self' ${origin}; ` +
      `form-action 'self' http: https:; base-uri 'none'; frame-ancestors 'none'`,

    front: (articles: readonly Article[], seen: Seen) =>
      page('Front page', seen, html`<h1 class="unseen">Demoposten</h1>${articles.map(teaser)}`),

    article: (article: Article, seen: Seen) =>
      page(article.title, seen, html`<article>${head(article)}${paragraphs(article)}</article>`),

    wall: (article: Article, sale: Sale) =>
      page(article.title, sale, html`<article>${head(article)}</article>${forSale(article, sale)}`),

    waiting: (article: Article, seen: Seen & { payAt: string | undefined }) =>
      page('Waiting for the payment', seen, waitingFor(article, seen), refresh),

    sorry: (sentence: string, way: Way = {}) =>
      page('This did not work', { reader: way.reader, path: way.to ?? '/' }, wayOn(sentence, way)),
  };
}

type Frame = { title: string; seen: Seen; body: Html; inHead: Html | undefined };

function frame(site: Site, { title, seen: { reader, path }, body, inHead }: Frame): Html {
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">${inHead}
<title>${title} · Demoposten</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#text">To the text</a>
<header>
<p class="paper"><a href="/">Demoposten</a></p>
${reader ? whoIsIn(reader) : wayIn(path)}
</header>
<main id="text">
${body}
</main>
<footer>
<p>An example of a site that asks <a href="${site.leveretUrl}">Leveret</a> who its readers are. Nothing here
costs money.</p>
</footer>
${reader ? undefined : askWhetherLoggedIn(site)}
</body>
</html>`;
}

/** Leveret looks where the page stands that asks, so this site sets no `Referrer-Policy`. */
function askWhetherLoggedIn({ leveretUrl, clientId }: Site): Html {
  return html`<script src="/logged-in.js"></script>
<script src="${leveretUrl}/user/loginCheck?clientId=${encodeURIComponent(clientId)}" async></script>`;
}

function loginAt(path: string): string {
  return `/login?to=${encodeURIComponent(path)}`;
}

function whoIsIn(reader: Reader): Html {
  return html`<form class="who" method="post" action="/logout">
<p>Logged in as <strong>${nameOf(reader)}</strong></p>
<button>Log out</button>
</form>`;
}

function wayIn(path: string): Html {
  return html`<p class="who">
<span id="somebody" hidden>You are logged in at Leveret:</span>
<a href="${loginAt(path)}">Log in</a>
</p>`;
}

/** Nothing is told of a reader but what was proven: most have an address, and no name yet. */
function nameOf({ name, credential }: Reader): string {
  const names = [name.firstName, name.lastName].filter(Boolean).join(' ');
  return [names, credential?.credential].filter(Boolean).join(', ') || 'a reader';
}

function teaser({ name, title, lead, isLocked }: Article): Html {
  return html`<article class="teaser">
<h2><a href="/articles/${name}">${title}</a></h2>
<p>${lead}${isLocked ? html` <span class="mark">For subscribers</span>` : undefined}</p>
</article>`;
}

function head({ title, lead }: Article): Html {
  return html`<h1>${title}</h1>
<p class="lead">${lead}</p>`;
}

function paragraphs({ text }: Article): Html[] {
  return text.split('\n\n').map((paragraph) => html`<p>${paragraph.trim()}</p>`);
}

/** One form: who buys, and a button for each thing that is sold, which says what it costs. */
function forSale({ name, price }: Article, { reader, path, month, key, problem }: Sale): Html {
  return html`<section class="wall" aria-labelledby="locked">
<h2 id="locked">Read on</h2>
${problem === undefined ? undefined : html`<p class="problem" role="alert">${problem}</p>`}
<form method="post" action="/buy">
<input type="hidden" name="article" value="${name}">
<input type="hidden" name="key" value="${key}">
${reader?.name.lastName ? undefined : askForName}${reader ? undefined : askForAddress}
<button name="what" value="day">Read it today, free</button>
<button name="what" value="article">Buy this article, ${price} kr</button>
${month && html`<button name="what" value="month">Buy a month, ${month.couponPrice} kr</button>`}
</form>
${
  reader
    ? html`<p>Nothing that you have opens this article.</p>`
    : html`<p>Have you bought it? <a href="${loginAt(path)}">Log in</a></p>`
}
</section>`;
}

const askForName = html`<label for="name">Your name</label>
<input id="name" name="name" required maxlength="100" autocomplete="name">
`;

const askForAddress = html`<label for="address">Your e-mail or mobile</label>
<input id="address" name="address" required maxlength="255" autocomplete="email" aria-describedby="why">
<p id="why" class="quiet">You read on at once. A link to log in elsewhere is sent there.</p>`;

const refresh = html`
<meta http-equiv="refresh" content="2">`;

function waitingFor({ title }: Article, { path, payAt }: { path: string; payAt: string | undefined }): Html {
  return html`<h1>Waiting for the payment</h1>
<p role="status">“${title}” opens as soon as it is there. This page looks again by itself.</p>
<p>${payAt === undefined ? undefined : html`<a href="${payAt}">Have you not paid yet?</a> `}
<a href="${path}">Back to the article</a></p>`;
}

function wayOn(sentence: string, { to = '/', offersLogin = false }: Way): Html {
  return html`<h1>This did not work</h1>
<p>${sentence}</p>
<p>${offersLogin ? html`<a class="button" href="${loginAt(to)}">Log in again</a> ` : undefined}
<a href="${to}">${to === '/' ? 'To the front page' : 'To the article'}</a></p>`;
}
