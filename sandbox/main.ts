import { CannotStart, explainTakenPort } from './cannot-start.ts';
import type { GateSettings } from './link/gates.ts';
import { type Sandbox, startSandbox } from './start-sandbox.ts';

/** The launcher starts a sandbox again, but not one that ended with this: it is set so that it cannot. */
const cannotStart = 2;

const sandbox = await start().catch(giveUp);
console.log(`sandbox: ${sandbox.url}, SMTP on 127.0.0.1:${sandbox.smtpPort}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
// Started as somebody's child, it ends with its parent.
process.once('disconnect', stop);

function stop(): void {
  void sandbox.close().finally(() => process.exit(0));
}

async function start(): Promise<Sandbox> {
  const port = readPort('SANDBOX_PORT', 8090);
  const smtpPort = readPort('SANDBOX_SMTP_PORT', 8025);
  try {
    return await startSandbox({
      port,
      smtpPort,
      serverUrl: process.env['LEVERET_URL'] || undefined,
      dataFile: process.env['SANDBOX_DATA'] || undefined,
      linkGate: readLinkGate(),
    });
  } catch (error) {
    throw explainTakenPort(error, { SANDBOX_PORT: port, SANDBOX_SMTP_PORT: smtpPort });
  }
}

function giveUp(error: unknown): never {
  const isSet = error instanceof CannotStart;
  console.error(isSet ? error.message : error);
  process.exit(isSet ? cannotStart : 1);
}

function readPort(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CannotStart(`${name} must be a port number, not "${text}".`);
}

function readLinkGate(): GateSettings | undefined {
  const url = process.env['SANDBOX_LINK_GATE_URL'];
  const username = process.env['SANDBOX_LINK_GATE_USERNAME'];
  const password = process.env['SANDBOX_LINK_GATE_PASSWORD'];
  return url && username && password ? { url, username, password } : undefined;
}
