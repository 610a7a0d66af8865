import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase } from '@leveret/server/testing/database.js';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { runCommand } from '../builders/run-command.ts';
import { startProductionNode } from '../operator/start-nodes.ts';

let fixture: Fixture;
before(async () => {
  fixture = await buildFixture();
});
after(() => fixture.close());

async function read(path: string): Promise<string> {
  const reply = await fetch(fixture.url + path);
  assert.equal(reply.status, 200, path);
  assert.match(reply.headers.get('content-type') ?? '', /^text\/html/, path);
  return reply.text();
}

const linksOf = (html: string) =>
  [...html.matchAll(/<a href="([^"#]+)/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'));

test('from the front page every guide, the reference and the sandbox are reached, and nothing is missing', async () => {
  const seen = new Set<string>();
  const waiting = ['/'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const links = linksOf(await read(path));
    waiting.push(...links.filter((link) => link.startsWith('/') && link !== '/docs/'));
    for (const link of links.filter((one) =>
      one.startsWith(fixture.sandboxUrl.replace('127.0.0.1', 'localhost')),
    ))
      assert.equal((await fetch(link)).status, 200, link);
  }
  const guides = ['/docs/guides', '/docs/guides/move-to-leveret', '/docs/guides/run-in-production'];
  for (const path of [...guides, '/docs/compatibility']) assert.ok(seen.has(path), path);
  await read('/docs/');
  assert.ok(linksOf(await read('/')).includes('http://localhost:8070/'), 'the demo shop');
});

test('a page of documents loads nothing from elsewhere and runs nothing', async () => {
  for (const path of ['/', '/docs/guides', '/docs/guides/pay-before-registering']) {
    const html = await read(path);
    assert.doesNotMatch(html, /<script|<img|<iframe|<style|\sstyle=|\son\w+=/, path);
    assert.deepEqual(
      [...html.matchAll(/(?:src|<link[^>]*href)="([^"]+)"/g)].map(([, address]) => address?.split('?')[0]),
      ['/user/assets/style.css'],
    );
  }
});

test('icon and robots answer, other documents do not', async () => {
  const icon = await fetch(`${fixture.url}/favicon.ico`);
  assert.equal(icon.headers.get('content-type'), 'image/svg+xml');
  assert.match(await icon.text(), /^<svg /);
  assert.equal(await (await fetch(`${fixture.url}/robots.txt`)).text(), 'User-agent: *\nDisallow: /\n');
  for (const path of [
    '/docs/guides/none',
    '/docs/guides/..%2f..%2fREADME',
    '/docs/guides/README',
    '/nothing',
  ])
    assert.equal((await fetch(fixture.url + path)).status, 404, path);
  assert.equal((await fetch(fixture.url, { method: 'POST' })).status, 405);
});

test('a live host says whose it is, in the language of who looks, and where to find them', async () => {
  const database = await createTestDatabase();
  const run = async (...words: string[]) => {
    const { code, said } = await runCommand(words, { DATABASE_URL: database.connectionString });
    assert.equal(code, 0, said);
  };
  await run('publisher', 'create', 'Bygdeavisa', 'NO', 'NOK', 'Europe/Oslo', 'nb');
  await run('publisher', 'set', '1000', 'homeUrl=https://www.bygdeavisa.example/');
  const node = await startProductionNode(database.connectionString);
  const front = async (language: string) => {
    const reply = await fetch(node.url, { headers: { 'accept-language': language } });
    return reply.text();
  };
  const own = await front('nb');
  assert.match(own, /<h1>Bygdeavisa<\/h1>.*bestillinger og betalinger.*Gå til Bygdeavisa/);
  assert.deepEqual(linksOf(own), ['/user/withdraw?publisherId=1000']);
  assert.match(own, /<a class="button" href="https:\/\/www\.bygdeavisa\.example\/">/);
  assert.match(await front('fi'), /<html lang="fi">/);
  assert.doesNotMatch(own, /leveret-demo|localhost|sandbox/);
  await node.stop();

  await run('publisher', 'create', 'Naboavisa', 'NO', 'NOK', 'Europe/Oslo', 'nb');
  const shared = await startProductionNode(database.connectionString);
  const html = await (await fetch(shared.url)).text();
  assert.match(html, /<h1>Orders and payments<\/h1>/);
  assert.doesNotMatch(html, /avisa/);
  await shared.stop();
  await database.drop();
});
