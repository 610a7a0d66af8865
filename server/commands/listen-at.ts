import { OperatorError } from '../kit/operator-error.ts';

/** Listens. Throws `OperatorError` where the system does not give us the port. */
export async function listenAt<Result>(port: number, listen: () => Promise<Result>): Promise<Result> {
  try {
    return await listen();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined;
    throw reason === undefined ? error : new OperatorError(reason(port), { cause: error });
  }
}

const reasons: Readonly<Record<string, (port: number) => string>> = {
  EADDRINUSE: (port) => `The port ${port} is taken by another program: end that one, or set PORT to another.`,
  EACCES: (port) => `The port ${port} is not given to this user: set PORT to one above 1023.`,
  EADDRNOTAVAIL: () => 'HOST is no address of this machine.',
  ENOTFOUND: () => 'HOST is no address of this machine.',
};
