import { frameScriptPath } from './frame-scripts.ts';
import { renderLayout } from './layout.tsx';
import { CredentialField } from './parts/credential-field.tsx';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { Words } from './parts/words.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/** What came of the last press; `again` is for a reader who is logged in, but not as the site asks. */
export type LoginState = 'ready' | 'again' | 'no cookies' | 'not a credential' | 'no sms';

/** `action` takes `credential`, `step` and `nonce`. `giveUpUrl` leads to the site without a login. */
export type LoginPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  action: string;
  nonce: string;
  credential?: string | undefined;
  /** A reader without an account is expected; both get the same, and in the same time. */
  isNew: boolean;
  state: LoginState;
  /** Sends the form at once, by a script that the page's policy must allow. */
  submits?: boolean;
  giveUpUrl?: string | undefined;
};

/** Where a reader says who they are, to be sent a code. */
export function renderLoginPage(model: LoginPageModel): string {
  const { language, publisherName, seller, state } = model;
  const texts = textsFor(language);
  const heading = model.isNew ? texts.login.newHeading(publisherName) : texts.link.heading(publisherName);
  const notice = noticeOf(state, texts);
  const title = notice?.kind === 'error' ? texts.shared.errorTitle(heading) : undefined;
  const isFault = state === 'not a credential' || state === 'no sms';
  return renderLayout(
    { texts, heading, title, publisherName, seller },
    <>
      {notice ? <Notice kind={notice.kind} id="notice" text={notice.text} /> : ''}
      <p>
        <Words text={model.isNew ? texts.login.newSentence : texts.login.sentence} />
      </p>
      <PostForm action={model.action} nonce={model.nonce}>
        <CredentialField
          value={model.credential}
          texts={texts}
          describedBy={isFault ? 'notice' : undefined}
        />
        <button type="submit" class="button" name="step" value="send" safe>
          {texts.agreement.sendCode}
        </button>
      </PostForm>
      <ReturnLink url={model.giveUpUrl} label={texts.shared.cancel} />
      {model.submits === true ? <script src={attribute(frameScriptPath('submit-form.js'))}></script> : ''}
    </>,
  );
}

function noticeOf(state: LoginState, texts: PageTexts): { kind: 'error' | 'news'; text: string } | undefined {
  switch (state) {
    case 'ready':
      return undefined;
    case 'again':
      return { kind: 'news', text: texts.login.again };
    case 'no cookies':
      return { kind: 'error', text: texts.linkSent.cookiesBlocked };
    case 'not a credential':
      return { kind: 'error', text: texts.login.notCredential };
    case 'no sms':
      return { kind: 'error', text: texts.login.noSms };
  }
}
