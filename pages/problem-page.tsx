import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/** `status` is the HTTP status of the reply. `requestId` is what the log knows this request by. */
export type ProblemPageModel = {
  language: string;
  status: number;
  requestId: string;
  publisherName?: string | undefined;
  seller?: Seller | undefined;
  returnUrl?: string | undefined;
  /** The page was asked for and not sent, so that it can be asked for once more. */
  canReload?: boolean | undefined;
  /** A parameter of the address that the page does not know, and the one that was meant. */
  misspelt?: { given: string; meant: string } | undefined;
  /** What is wrong and what to do, for whoever made the site that led here; in English. */
  forMakers?: string | undefined;
};

/** What a reader sees instead of a problem document. */
export function renderProblemPage(model: ProblemPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } =
    model.misspelt === undefined ? problemText(model.status, texts) : texts.problem.misspelt(model.misspelt);
  const back =
    model.publisherName === undefined ? texts.shared.back : texts.shared.backTo(model.publisherName);
  const reloads = model.canReload === true && mayPass(model.status);
  return renderLayout(
    {
      texts,
      heading,
      title: texts.shared.errorTitle(heading),
      publisherName: model.publisherName,
      seller: model.seller,
    },
    <>
      <p safe>{sentence}</p>
      {model.forMakers === undefined ? null : (
        <p class="quiet" lang="en" safe>
          {model.forMakers}
        </p>
      )}
      <p class="quiet" safe>
        {texts.problem.reference(model.requestId)}
      </p>
      {reloads ? <Reload label={texts.payment.tryAgain} /> : ''}
      <ReturnLink url={model.returnUrl} label={back} prominent={!reloads} />
    </>,
  );
}

function problemText(status: number, { problem }: PageTexts): { heading: string; sentence: string } {
  const known = Object.entries(problem.statuses).find(([code]) => code === String(status));
  return known?.[1] ?? problem.statuses[status >= 400 && status < 500 ? 400 : 500];
}

/** What waiting may mend. */
function mayPass(status: number): boolean {
  return status === 429 || status >= 500;
}

/** An empty address is the page's own. */
function Reload({ label }: { label: string }): JSX.Element {
  return (
    <p class="way-out">
      <a class="button" href="" safe>
        {label}
      </a>
    </p>
  );
}
