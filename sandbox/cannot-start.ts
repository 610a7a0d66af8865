/** How the sandbox is set does not work; the message says what to change. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}

/** A port that another program has is told by the name of its setting; other errors come back as they are. */
export function explainTakenPort(error: unknown, ports: Readonly<Record<string, number>>): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return error;
  const taken = 'port' in error ? error.port : undefined;
  const [name, port] = Object.entries(ports).find(([, one]) => one === taken) ?? [];
  if (name === undefined) return error;
  const message = `The port ${port} is taken by another program: end that one, or set ${name} to another.`;
  return new CannotStart(message, { cause: error });
}
