/** One thing that happened to an order, whichever table holds it. Nothing writes a timeline: it is read. */
export type TimelineEntry = { at: Date; what: string; facts: Record<string, unknown> };
