import { createHmac } from 'node:crypto';

/** Where a provider reports to: the unguessable part of the address, and the credentials to bring. */
export type ReportGate = { token: string; username: string; password: string };

/** Derives the gate of one purpose, so that every node of the installation answers at the same one. */
export function deriveReportGate(key: Buffer, purpose: string): ReportGate {
  const derive = (what: string) =>
    createHmac('sha256', key).update(`${purpose} ${what}`).digest('base64url').slice(0, 32);
  return { token: derive('token'), username: 'leveret', password: derive('password') };
}
