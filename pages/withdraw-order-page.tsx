import { renderLayout } from './layout.tsx';
import { faultsNotice } from './parts/faults-notice.ts';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { TextField } from './parts/text-field.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';
import type { WhyNot } from './texts/withdrawal/withdrawal-shape.ts';

/** A line of the order; amounts and days are ready to be read. */
export type LineToChoose = {
  lineNumber: number;
  description: string;
  amount: string;
  isChosen: boolean;
  /** Somebody else has received it. */
  isGift?: boolean | undefined;
  stands:
    | { kind: 'open'; until: string | undefined }
    | { kind: 'closed'; why: WhyNot }
    | { kind: 'withdrawn' };
};

/** What withdrawing does to an order: of a completed one lines end, and one under way is cancelled. */
export type WithdrawnOrderState = 'completed' | 'under way' | 'stopped';

/** `action` takes `nonce`, `name`, and `line1` and so on for what is chosen. */
export type WithdrawOrderPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  orderId: number;
  name: string;
  lines: readonly LineToChoose[];
  /** What went back of the order before, or is on its way. */
  wentBack: string | undefined;
  orderState: WithdrawnOrderState;
  /** Where the receipt is to go, where the order has no e-mail address of its own. */
  email: string | undefined;
  faults: readonly ('name' | 'lines' | 'email')[];
  action: string;
  nonce: string;
  homeUrl?: string | undefined;
};

/** Where whoever has the order's mail, or is logged in as its reader, chooses what to withdraw from. */
export function renderWithdrawOrderPage(model: WithdrawOrderPageModel): string {
  const texts = textsFor(model.language);
  const { withdrawal } = texts;
  const isOver = model.lines.every(({ stands }) => stands.kind === 'withdrawn');
  const heading = (isOver ? withdrawal.orderOnly : withdrawal.ofOrder)(String(model.orderId));
  const notice = faultsNotice(model.faults, texts);
  return renderLayout(
    {
      texts,
      heading,
      title: notice && texts.shared.errorTitle(heading),
      publisherName: model.publisherName,
      seller: model.seller,
    },
    <>
      {notice ? <Notice kind="error" id="notice" text={notice} /> : ''}
      {model.wentBack === undefined ? '' : <p safe>{withdrawal.wentBack(model.wentBack)}</p>}
      {isOver ? <WithdrawnLines model={model} texts={texts} /> : <ChoiceForm model={model} texts={texts} />}
      <ReturnLink url={model.homeUrl} label={texts.shared.backTo(model.publisherName)} />
    </>,
  );
}

type Parts = { model: WithdrawOrderPageModel; texts: PageTexts };

function WithdrawnLines({ model, texts }: Parts): JSX.Element {
  return (
    <>
      <p safe>{texts.withdrawal.withdrawn}</p>
      <ul class="listed">
        {model.lines.map(({ description }) => (
          <li safe>{description}</li>
        ))}
      </ul>
    </>
  );
}

function ChoiceForm({ model, texts }: Parts): JSX.Element {
  const { withdrawal } = texts;
  const hasRight = model.lines.some(({ stands }) => stands.kind === 'open');
  return (
    <>
      {hasRight || model.orderState !== 'completed' ? <p safe>{sentenceOf(model.orderState, texts)}</p> : ''}
      {hasRight ? '' : <p safe>{withdrawal.mayStillState}</p>}
      <PostForm action={model.action} nonce={model.nonce}>
        <fieldset class="choices">
          <legend safe>{withdrawal.what}</legend>
          {model.faults.includes('lines') ? (
            <p class="fault" safe>
              {withdrawal.missing.lines}
            </p>
          ) : (
            ''
          )}
          {model.lines.map((line) => (
            <LineChoice line={line} texts={texts} />
          ))}
        </fieldset>
        <TextField
          name="name"
          label={withdrawal.name}
          value={model.name}
          fault={model.faults.includes('name') ? withdrawal.missing.name : undefined}
          autocomplete="name"
          maxLength={200}
        />
        {model.email === undefined ? (
          ''
        ) : (
          <TextField
            name="email"
            label={withdrawal.email}
            hint={withdrawal.emailHint}
            value={model.email}
            fault={model.faults.includes('email') ? withdrawal.missing.email : undefined}
            type="email"
            autocomplete="email"
            maxLength={254}
          />
        )}
        <button type="submit" class="button" name="step" value="review" safe>
          {withdrawal.goOn}
        </button>
      </PostForm>
    </>
  );
}

function LineChoice({ line, texts }: { line: LineToChoose; texts: PageTexts }): JSX.Element {
  const id = `line${line.lineNumber}`;
  const hint = [...standsText(line.stands, texts), ...giftText(line, texts)].join(' ');
  const isOver = line.stands.kind === 'withdrawn';
  return (
    <div class="choice">
      <input
        id={attribute(id)}
        name={attribute(id)}
        type="checkbox"
        value="1"
        checked={line.isChosen && !isOver}
        disabled={isOver}
        aria-describedby={hint === '' ? undefined : `${id}-hint`}
      />
      <label for={attribute(id)} safe>
        {`${line.description}, ${line.amount}`}
      </label>
      {hint === '' ? (
        ''
      ) : (
        <p class="hint" id={`${id}-hint`} safe>
          {hint}
        </p>
      )}
    </div>
  );
}

function sentenceOf(state: WithdrawnOrderState, { withdrawal }: PageTexts): string {
  switch (state) {
    case 'completed':
      return withdrawal.choose;
    case 'under way':
      return withdrawal.notCompleted;
    case 'stopped':
      return withdrawal.stopped;
  }
}

/** Nothing of a line without a day of its own: what holds for the whole order stands above. */
function standsText(stands: LineToChoose['stands'], { withdrawal }: PageTexts): string[] {
  switch (stands.kind) {
    case 'withdrawn':
      return [withdrawal.withdrawn];
    case 'closed':
      return [withdrawal.whyNot[stands.why]];
    case 'open':
      return stands.until === undefined ? [] : [withdrawal.until(stands.until)];
  }
}

/** A gift that has not ended yet: its buyer withdraws, and somebody else loses it. */
function giftText({ isGift, stands }: LineToChoose, { withdrawal }: PageTexts): string[] {
  return isGift === true && stands.kind !== 'withdrawn' ? [withdrawal.gift] : [];
}
