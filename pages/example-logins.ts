import { type OutsideText, wordsIn } from './example-values.ts';
import { renderLoginCodePage } from './login-code-page.tsx';
import { type LoginState, renderLoginPage } from './login-page.tsx';
import { renderLoginRefusedPage } from './login-refused-page.tsx';
import { renderLoginSwitchPage } from './login-switch-page.tsx';
import { renderOldNumberPage } from './old-number-page.tsx';
import type { CodeState } from './parts/code-notice.ts';
import type { Seller } from './parts/seller-foot.tsx';

type Text = OutsideText & { seller: Seller };
type Example = { file: string; state: string; render: (text: Text) => string };

const states: LoginState[] = ['ready', 'again', 'no cookies', 'not a credential', 'no sms'];
const codeStates = [
  { kind: 'sent' },
  { kind: 'wrong', triesLeft: 4 },
  { kind: 'expired' },
  { kind: 'too-many' },
] as const satisfies CodeState[];

/** The pages on which a reader logs in for a site. */
export const exampleLogins: readonly Example[] = [
  ...states.map(
    (state): Example => ({ file: 'login-page', state, render: (text) => loginPage(text, state) }),
  ),
  { file: 'login-page', state: 'new, sent at once', render: (text) => loginPage(text, 'ready', true) },
  ...codeStates.map(
    (state): Example => ({
      file: 'login-code-page',
      state: state.kind,
      render: (text) =>
        renderLoginCodePage({
          ...text,
          action: text.url,
          credential: text.destination,
          otherUrl: text.url,
          giveUpUrl: text.url,
          state,
        }),
    }),
  ),
  ...[true, false].map(
    (isNamed): Example => ({
      file: 'login-switch-page',
      state: isNamed ? '' : 'of nobody known',
      render: (text) =>
        renderLoginSwitchPage({
          ...text,
          action: text.url,
          current: isNamed ? text.destination : undefined,
          credential: wordsIn(text, 'kari.nordmann@example.com'),
          stayUrl: text.url,
        }),
    }),
  ),
  ...[true, false].map(
    (isByCode): Example => ({
      file: 'old-number-page',
      state: isByCode ? 'by code' : 'by link',
      render: (text) =>
        renderOldNumberPage({
          ...text,
          action: text.url,
          ...(isByCode && { credential: text.destination, code: text.destination }),
          emailUrl: text.url,
          giveUpUrl: text.url,
        }),
    }),
  ),
  ...(['unknown site', 'way back refused', 'account closed', 'order stopped', 'link ended'] as const).map(
    (reason): Example => ({
      file: 'login-refused-page',
      state: reason,
      render: (text) => renderLoginRefusedPage({ ...text, reason, returnUrl: text.url }),
    }),
  ),
];

function loginPage(text: Text, state: LoginState, isNew = false): string {
  return renderLoginPage({
    ...text,
    action: text.url,
    credential: text.destination,
    isNew,
    submits: isNew,
    state,
    giveUpUrl: text.url,
  });
}
