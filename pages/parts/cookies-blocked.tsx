import type { PageTexts } from '../texts/text-shape.ts';
import { Notice } from './notice.tsx';
import { ReturnLink } from './return-link.tsx';

/** Says that the browser keeps no cookie of ours, and offers the code, which works in any other browser. */
export function CookiesBlocked(props: { texts: PageTexts; codePageUrl: string | undefined }): JSX.Element {
  const { texts, codePageUrl } = props;
  if (codePageUrl === undefined) return <></>;
  return (
    <>
      <Notice kind="error" id="notice" text={texts.linkSent.cookiesBlocked} />
      <ReturnLink url={codePageUrl} label={texts.linkSent.haveCode} />
    </>
  );
}
