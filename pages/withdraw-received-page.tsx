import { renderLayout } from './layout.tsx';
import { Facts } from './parts/facts.tsx';
import { Notice } from './parts/notice.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { Words } from './parts/words.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';
import type { WhyNot } from './texts/withdrawal/withdrawal-shape.ts';
import type { MoneyBack } from './withdraw-confirm-page.tsx';

/** What came of a statement. To who has proven nothing it is always `unproven`, whatever the order is. */
export type StatementOutcome =
  | { kind: 'unproven' }
  | {
      kind: 'accepted';
      /** `nothing`: the order had stopped before. */
      ends: 'order' | 'lines' | 'nothing';
      isPart: boolean;
      hasGift?: boolean | undefined;
      moneyBack: MoneyBack;
    }
  | { kind: 'repeated' }
  | { kind: 'looked at'; why: WhyNot | undefined };

/** `at` is day and time, ready to be read; the rest is what was stated. */
export type WithdrawReceivedPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  at: string;
  name: string;
  order: string;
  lines: readonly string[] | undefined;
  /** Where the receipt goes; nothing for the order's own address. */
  destination: string | undefined;
  outcome: StatementOutcome;
  homeUrl?: string | undefined;
};

/** Says what was received and when, that a receipt is on its way, and what follows. */
export function renderWithdrawReceivedPage(model: WithdrawReceivedPageModel): string {
  const texts = textsFor(model.language);
  const { withdrawal } = texts;
  return renderLayout(
    { texts, heading: withdrawal.received, publisherName: model.publisherName, seller: model.seller },
    <>
      <Notice kind="news" id="notice" text={withdrawal.receipt(model.destination)} />
      <Facts
        facts={[
          { name: withdrawal.at, value: model.at },
          { name: withdrawal.name, value: model.name },
          { name: withdrawal.order, value: model.order },
          { name: withdrawal.about, value: model.lines?.join(', ') ?? withdrawal.whole },
          ...amountsOf(model.outcome, texts),
        ]}
      />
      {sentencesOf(model, texts).map((sentence) => (
        <p>
          <Words text={sentence} />
        </p>
      ))}
      <ReturnLink url={model.homeUrl} label={texts.shared.backTo(model.publisherName)} prominent />
    </>,
  );
}

function amountsOf(outcome: StatementOutcome, { withdrawal }: PageTexts) {
  if (outcome.kind !== 'accepted' || typeof outcome.moneyBack !== 'object') return [];
  return [{ name: withdrawal.amountBack, value: outcome.moneyBack.amount }];
}

function sentencesOf({ outcome, publisherName }: WithdrawReceivedPageModel, { withdrawal }: PageTexts) {
  switch (outcome.kind) {
    case 'unproven':
      return [withdrawal.toConfirm];
    case 'repeated':
      return [withdrawal.repeated];
    case 'looked at':
      return [...(outcome.why ? [withdrawal.whyNot[outcome.why]] : []), withdrawal.looked(publisherName)];
    case 'accepted': {
      const { moneyBack, ends, isPart, hasGift } = outcome;
      const ended = { lines: 'accepted', order: 'cancelled', nothing: 'stoppedBefore' } as const;
      return [
        withdrawal[ended[ends]],
        ...(hasGift === true ? [withdrawal.giftEnded] : []),
        ...(isPart ? [withdrawal.partly] : []),
        ...(typeof moneyBack === 'object' ? [withdrawal.back[moneyBack.by]] : []),
        ...(moneyBack === 'nothing' ? [withdrawal.nothingBack] : []),
      ];
    }
  }
}
