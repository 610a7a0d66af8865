import type { PageTexts } from '../texts/text-shape.ts';

/** What came of the last press on a page that takes a code. */
export type CodeState =
  | { kind: 'ready' }
  | { kind: 'sent' }
  | { kind: 'no-cookies' }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'expired' }
  | { kind: 'too-many' };

export function codeNotice(
  state: CodeState,
  { code, linkSent }: PageTexts,
): { kind: 'error' | 'news'; text: string } | undefined {
  switch (state.kind) {
    case 'ready':
      return undefined;
    case 'sent':
      return { kind: 'news', text: code.sent };
    case 'no-cookies':
      return { kind: 'error', text: linkSent.cookiesBlocked };
    case 'wrong':
      return { kind: 'error', text: code.wrong(state.triesLeft) };
    case 'expired':
      return { kind: 'error', text: code.expired };
    case 'too-many':
      return { kind: 'error', text: code.tooMany };
  }
}
