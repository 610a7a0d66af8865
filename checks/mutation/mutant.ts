/** One change of a text: what stands from `start` to `end` becomes `text`. */
export type Change = { start: number; end: number; text: string };

/** The text with the change made. */
export function apply(text: string, { start, end, text: after }: Change): string {
  return text.slice(0, start) + after + text.slice(end);
}

/** One small break of the code, and where it is. */
export type Mutant = {
  id: number;
  place: string;
  /** Path from the repository's root. */
  file: string;
  line: number;
  /** The function, statement or constant that it is in: what a list of survivors names, since lines move. */
  owner: string;
  before: string;
  after: string;
  change: Change;
  sort: 'code' | 'sql';
  /** It is read once, when the file is loaded, so that it cannot be switched on later. */
  isStatic: boolean;
};

/** How a mutant is told in reports and in the list of survivors. */
export function describeMutant({ before, after }: Pick<Mutant, 'before' | 'after'>): string {
  return `${shorten(before)} → ${shorten(after)}`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 60)} … ${line.slice(-25)}` : line;
}
