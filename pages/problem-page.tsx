import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/** `status` is the HTTP status of the reply. `requestId` is what the log knows this request by. */
export type ProblemPageModel = {
  language: string;
  status: number;
  requestId: string;
  publisherName?: string | undefined;
  returnUrl?: string | undefined;
};

/** What a reader sees instead of a problem document. */
export function renderProblemPage(model: ProblemPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } = problemText(model.status, texts);
  const back =
    model.publisherName === undefined ? texts.shared.back : texts.shared.backTo(model.publisherName);
  return renderLayout(
    { texts, heading, title: texts.shared.errorTitle(heading), publisherName: model.publisherName },
    <>
      <p safe>{sentence}</p>
      <p class="quiet" safe>
        {texts.problem.reference(model.requestId)}
      </p>
      <ReturnLink url={model.returnUrl} label={back} prominent />
    </>,
  );
}

function problemText(status: number, { problem }: PageTexts): { heading: string; sentence: string } {
  const known = Object.entries(problem.statuses).find(([code]) => code === String(status));
  return known?.[1] ?? problem.statuses[status >= 400 && status < 500 ? 400 : 500];
}
