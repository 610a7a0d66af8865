import { renderLayout } from './layout.tsx';
import { maskDestination } from './mask-destination.ts';
import { CodeField } from './parts/code-field.tsx';
import { type CodeState, codeNotice } from './parts/code-notice.ts';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/**
 * `action` takes `code`, `sendAction` sends one; both take `nonce`. `destination` is where it is sent, and
 * nothing where the agreement names nobody who could be written to. `state` is what came of the last press.
 */
export type AgreementCodePageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  destination: string | undefined;
  action: string;
  sendAction: string;
  nonce: string;
  state: CodeState;
  homeUrl?: string | undefined;
};

/** Before an agreement is shown, its reader types a code from a message. */
export function renderAgreementCodePage(model: AgreementCodePageModel): string {
  const texts = textsFor(model.language);
  const { agreement } = texts;
  const { state, destination, nonce } = model;
  const masked = destination === undefined ? undefined : maskDestination(destination);
  const isSent = state.kind === 'sent' && masked !== undefined;
  const notice = isSent
    ? ({ kind: 'news', text: agreement.codeSent(masked) } as const)
    : noticeOf(state, texts);
  const isTyped = state.kind === 'sent' || state.kind === 'wrong';
  const title = notice?.kind === 'error' ? texts.shared.errorTitle(agreement.heading) : undefined;
  return renderLayout(
    { texts, heading: agreement.heading, title, publisherName: model.publisherName, seller: model.seller },
    <>
      {notice ? <Notice kind={notice.kind} id="notice" text={notice.text} /> : ''}
      {isTyped ? (
        ''
      ) : (
        <p safe>{masked === undefined ? agreement.nobody(model.publisherName) : agreement.askCode(masked)}</p>
      )}
      {isTyped ? (
        <PostForm action={model.action} nonce={nonce}>
          <CodeField
            label={texts.code.code}
            hint={texts.code.codeHint}
            leastDigits={6}
            mostDigits={6}
            describedBy={state.kind === 'wrong' ? 'notice' : undefined}
          />
          <button type="submit" class="button" safe>
            {agreement.show}
          </button>
        </PostForm>
      ) : (
        ''
      )}
      {masked === undefined ? (
        ''
      ) : (
        <PostForm action={model.sendAction} nonce={nonce} class={isTyped ? 'also' : undefined}>
          <button type="submit" class={isTyped ? 'plain' : 'button'} safe>
            {isTyped ? texts.code.sendNew : agreement.sendCode}
          </button>
        </PostForm>
      )}
      <ReturnLink
        url={model.homeUrl}
        label={texts.shared.backTo(model.publisherName)}
        prominent={masked === undefined}
      />
    </>,
  );
}

function noticeOf(state: CodeState, texts: PageTexts): ReturnType<typeof codeNotice> {
  if (state.kind === 'too-many') return { kind: 'error', text: texts.agreement.tooMany };
  return codeNotice(state, texts);
}
