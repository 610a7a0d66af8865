/** What the API answers: a status, a body, and where a thing that was made can be read. */
export type Answer = { status: number; body?: unknown; location?: string };
