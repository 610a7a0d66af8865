/** An access token; it is good until then, in sandbox time. */
export type Token = { value: string; expiresAtMilliseconds: number };
