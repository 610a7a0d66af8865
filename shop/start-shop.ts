import { readFileSync } from 'node:fs';
import type { Site } from './ask-leveret.ts';
import { buyAccess, hearCallback, showBought } from './buy-access.ts';
import { connectLeveret } from './leveret.ts';
import { comeBack, logIn, logOut, saySorry } from './log-in.ts';
import { drawPages } from './page.ts';
import { readArticle, showFront } from './read-article.ts';
import { type Handler, serve } from './serve.ts';
import { keepSessions } from './sessions.ts';

export type Shop = { url: string; close(): Promise<void> };

type ShopOptions = Omit<Site, 'url'> & {
  /** 0 takes any free port. */
  port: number;
  /** How readers know this machine. */
  host?: string;
};

/** Every address of the shop. */
const routes: Readonly<Record<string, Handler>> = {
  'GET /': showFront,
  'GET /articles/:name': readArticle,
  'GET /login': logIn,
  'GET /back': comeBack,
  'POST /logout': logOut,
  'POST /buy': buyAccess,
  'GET /bought/:name': showBought,
  'GET /callback/:name': hearCallback,
  'GET /sorry': saySorry,
  'GET /style.css': async () => showFile('style.css', 'text/css'),
  'GET /logged-in.js': async () => showFile('logged-in.js', 'text/javascript'),
};

/** Starts the newspaper on 127.0.0.1. Rejects when the port is taken. */
export function startShop({ port, host = 'localhost', ...options }: ShopOptions): Promise<Shop> {
  return serve({ port, host, routes }, (url) => {
    const site: Site = { ...options, url };
    return { url, leveret: connectLeveret(site), sessions: keepSessions(), pages: drawPages(site) };
  });
}

function showFile(name: string, type: string) {
  // Beside the source, which is one folder above what is built.
  const content = readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  return { file: { type: `${type}; charset=utf-8`, content } };
}
