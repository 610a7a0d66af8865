/**
 * Who began what happened, as the log keeps it, in words; nothing where the server did it of itself, or where
 * a provider told of it, which its evidence says.
 */
export function whoBegan(by: unknown): string | undefined {
  if (typeof by !== 'object' || by === null || !('kind' in by)) return undefined;
  const id = 'id' in by ? String(by.id) : '';
  switch (by.kind) {
    case 'client':
    case 'user':
    case 'staff':
      return `by ${by.kind} ${id}`;
    case 'visitor':
      return 'in a browser';
    case 'command':
      return 'by the command line';
    default:
      return undefined;
  }
}
