import { startSandbox } from '@leveret/sandbox/start-sandbox.js';
import { serveParent } from '../stage/serve-parent.ts';

/** The imitated providers in real time; says where they listen. */
const sandbox = await startSandbox({ port: 0, smtpPort: 0 });
const ports = { port: Number(new URL(sandbox.url).port), smtpPort: sandbox.smtpPort };

serveParent(ports, async () => undefined, sandbox.close);
