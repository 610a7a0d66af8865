import { randomBytes } from 'node:crypto';

/** All tokens of one login of a reader at one site, by what their id says. */
export type TokenFamily = {
  clientId: string;
  uniqueUserId: string;
  /** That of the client when the reader logged in: what follows from it ends with the client's own tokens. */
  revocationNumber: number;
};

/** The id says whose family it is, so that no row is needed before it ends. */
export function newFamilyId({ clientId, uniqueUserId, revocationNumber }: TokenFamily): string {
  const parts = [clientId, uniqueUserId, revocationNumber, randomBytes(12).toString('base64url')];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

export function readFamilyId(id: string): TokenFamily | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 4) return undefined;
    const [clientId, uniqueUserId, revocationNumber] = parts;
    if (typeof clientId !== 'string' || typeof uniqueUserId !== 'string') return undefined;
    return typeof revocationNumber === 'number' ? { clientId, uniqueUserId, revocationNumber } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the tokens of the client have not been ended since a family began. */
export function isOfTokensNow(
  family: TokenFamily,
  client: { clientId: string; revocationNumber: number } | undefined,
): boolean {
  return client?.clientId === family.clientId && client.revocationNumber === family.revocationNumber;
}
