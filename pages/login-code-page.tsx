import { renderLayout } from './layout.tsx';
import { CodeField } from './parts/code-field.tsx';
import { type CodeState, codeNotice } from './parts/code-notice.ts';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { Words } from './parts/words.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/**
 * `action` takes `credential`, `code`, `step` and `nonce`. `credential` is what the reader typed, who may see
 * all of it; `otherUrl` leads to where another one is typed.
 */
export type LoginCodePageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  action: string;
  nonce: string;
  credential: string;
  otherUrl: string;
  state: Exclude<CodeState, { kind: 'no-cookies' }>;
  giveUpUrl?: string | undefined;
};

/** Where the reader types the code that was sent; one that is over leaves only asking for a new one. */
export function renderLoginCodePage(model: LoginCodePageModel): string {
  const { state, publisherName, seller } = model;
  const texts = textsFor(model.language);
  const sent = { kind: 'news' as const, text: texts.login.sent(model.credential) };
  const notice = state.kind === 'sent' ? sent : codeNotice(state, texts);
  const heading = texts.link.heading(publisherName);
  const title = notice?.kind === 'error' ? texts.shared.errorTitle(heading) : undefined;
  const isOver = state.kind === 'expired' || state.kind === 'too-many';
  return renderLayout(
    { texts, heading, title, publisherName, seller },
    <>
      {notice ? <Notice kind={notice.kind} id="notice" text={notice.text} /> : ''}
      {state.kind === 'sent' ? (
        <p>
          <Words text={texts.login.patience} />
        </p>
      ) : (
        ''
      )}
      <PostForm action={model.action} nonce={model.nonce}>
        <input type="hidden" name="credential" value={attribute(model.credential)} />
        {isOver ? '' : <EnterCode texts={texts} isWrong={state.kind === 'wrong'} />}
        <button
          type="submit"
          class={isOver ? 'button' : 'plain'}
          name="step"
          value="again"
          formnovalidate
          safe
        >
          {texts.code.sendNew}
        </button>
      </PostForm>
      <ReturnLink url={model.otherUrl} label={texts.login.other} />
      <ReturnLink url={model.giveUpUrl} label={texts.shared.cancel} />
    </>,
  );
}

function EnterCode({ texts, isWrong }: { texts: PageTexts; isWrong: boolean }): JSX.Element {
  return (
    <>
      <CodeField
        label={texts.code.code}
        hint={texts.code.codeHint}
        leastDigits={6}
        mostDigits={6}
        describedBy={isWrong ? 'notice' : undefined}
      />
      <button type="submit" class="button" name="step" value="enter" safe>
        {texts.shared.logIn}
      </button>
    </>
  );
}
