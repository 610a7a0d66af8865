import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import type { LoginRefusal } from './texts/login/login-shape.ts';
import { textsFor } from './texts/page-texts.ts';

export type LoginRefusedPageModel = {
  language: string;
  publisherName?: string | undefined;
  seller?: Seller | undefined;
  reason: LoginRefusal;
  returnUrl?: string | undefined;
};

/** Says why nobody can log in from here, and what to do. */
export function renderLoginRefusedPage(model: LoginRefusedPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } = texts.login.refused[model.reason];
  const { publisherName, seller } = model;
  const back = publisherName === undefined ? texts.shared.back : texts.shared.backTo(publisherName);
  return renderLayout(
    { texts, heading, title: texts.shared.errorTitle(heading), publisherName, seller },
    <>
      <p safe>{sentence}</p>
      <ReturnLink url={model.returnUrl} label={back} prominent />
    </>,
  );
}
