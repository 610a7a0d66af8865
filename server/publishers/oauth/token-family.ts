import { randomBytes } from 'node:crypto';

/** All tokens of one login of a reader at one site, by what their id says. */
export type TokenFamily = { clientId: string; uniqueUserId: string };

/** The id says whose family it is, so that no row is needed before it ends. */
export function newFamilyId({ clientId, uniqueUserId }: TokenFamily): string {
  const parts = [clientId, uniqueUserId, randomBytes(12).toString('base64url')];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

export function readFamilyId(id: string): TokenFamily | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 3) return undefined;
    const [clientId, uniqueUserId] = parts;
    if (typeof clientId !== 'string' || typeof uniqueUserId !== 'string') return undefined;
    return { clientId, uniqueUserId };
  } catch {
    return undefined;
  }
}
