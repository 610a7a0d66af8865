/** An access token of a sales unit; it is good until then, in sandbox time. */
export type Token = { value: string; msn: string; expiresAtMilliseconds: number };
