import { renderLayout } from './layout.tsx';
import { CodeField } from './parts/code-field.tsx';
import { type CodeState, codeNotice } from './parts/code-notice.ts';
import { CredentialField } from './parts/credential-field.tsx';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { outsideAddress } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/**
 * `action` takes `credential` and `code`, `sendNewAction` takes `credential` alone; both take `nonce`.
 * `credential` is what the reader typed before, and `state` what came of it.
 */
export type CodePageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  action: string;
  sendNewAction: string;
  nonce: string;
  credential?: string | undefined;
  state: CodeState;
  homeUrl?: string | undefined;
};

/** Logging in with the six digits from a message. A code that is over leaves only asking for a new one. */
export function renderCodePage(model: CodePageModel): string {
  const texts = textsFor(model.language);
  const notice = codeNotice(model.state, texts);
  const isOver = model.state.kind === 'expired' || model.state.kind === 'too-many';
  const title = notice?.kind === 'error' ? texts.shared.errorTitle(texts.code.heading) : undefined;
  return renderLayout(
    { texts, heading: texts.code.heading, title, publisherName: model.publisherName, seller: model.seller },
    <>
      {notice ? <Notice kind={notice.kind} id="notice" text={notice.text} /> : ''}
      {isOver ? <AskForNewCode model={model} texts={texts} /> : <TypeCode model={model} texts={texts} />}
      <ReturnLink url={model.homeUrl} label={texts.shared.backTo(model.publisherName)} />
    </>,
  );
}

function TypeCode({ model, texts }: { model: CodePageModel; texts: PageTexts }): JSX.Element {
  return (
    <>
      <p safe>{texts.code.sentence}</p>
      <PostForm action={model.action} nonce={model.nonce}>
        <CredentialField value={model.credential} texts={texts} />
        <CodeField
          label={texts.code.code}
          hint={texts.code.codeHint}
          leastDigits={6}
          mostDigits={6}
          describedBy={model.state.kind === 'wrong' ? 'notice' : undefined}
        />
        <button type="submit" class="button" safe>
          {texts.shared.logIn}
        </button>
        <button
          type="submit"
          class="plain"
          formaction={outsideAddress(model.sendNewAction) ?? ''}
          formnovalidate
          safe
        >
          {texts.code.sendNew}
        </button>
      </PostForm>
    </>
  );
}

function AskForNewCode({ model, texts }: { model: CodePageModel; texts: PageTexts }): JSX.Element {
  return (
    <PostForm action={model.sendNewAction} nonce={model.nonce}>
      <CredentialField value={model.credential} texts={texts} />
      <button type="submit" class="button" safe>
        {texts.code.sendNew}
      </button>
    </PostForm>
  );
}
