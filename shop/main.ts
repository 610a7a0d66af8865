import { type Shop, startShop } from './start-shop.ts';

/** The launcher starts a shop again, but not one that ended with this: it is set so that it cannot. */
const cannotStart = 2;

const shop = await start();
console.log(`shop: ${shop.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
// Started as somebody's child, it ends with its parent.
process.once('disconnect', stop);

function stop(): void {
  void shop.close().finally(() => process.exit(0));
}

async function start(): Promise<Shop> {
  const { SHOP_PORT, LEVERET_URL, LEVERET_MODE } = process.env;
  const port = SHOP_PORT?.trim() ?? '';
  // The demo client is known to everyone; where money is real it gets no tokens either.
  const mode = LEVERET_MODE?.trim() || 'sandbox';
  if (mode !== 'sandbox') giveUp('The shop is an example, for the sandbox only.');
  if (!/^\d{0,5}$/.test(port) || Number(port) > 65_535)
    giveUp(`SHOP_PORT must be a port number, not "${port}".`);
  try {
    return await startShop({
      port: Number(port || 8070),
      leveretUrl: LEVERET_URL || 'http://localhost:8080',
      clientId: 'no.leveret.demo',
      clientSecret: 'leveret-demo-secret',
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return giveUp(
      `The port ${port || 8070} is taken by another program: end that one, or set SHOP_PORT to another.`,
    );
  }
}

function giveUp(message: string): never {
  console.error(message);
  process.exit(cannotStart);
}
