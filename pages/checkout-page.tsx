import { renderLayout } from './layout.tsx';
import { AskEarlyStart } from './parts/ask-early-start.tsx';
import { Bought } from './parts/bought.tsx';
import {
  type CheckoutDue,
  type CheckoutOrder,
  type OfferedMethod,
  renewalsOf,
} from './parts/checkout-model.ts';
import { CheckoutTerms } from './parts/checkout-terms.tsx';
import { MethodMarkDrawing } from './parts/method-mark.tsx';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { BuyerReason, PageTexts } from './texts/text-shape.ts';

/**
 * `action` takes `nonce` with the chosen `method`, or `complete` where no method is chosen, and
 * `earlyStart` where its box was ticked; `giveUpAction` takes `nonce`. `total` is what is due, ready to be
 * read. `failed` is there after a try that came to nothing, and says why. `seen` goes back with the form,
 * and tells what the buyer was shown; `isChanged` where that was something else than what is shown now.
 */
export type CheckoutPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  due: CheckoutDue;
  order: CheckoutOrder;
  total: string;
  methods: readonly OfferedMethod[];
  /** Methods that were tried so often that they are not offered any more. */
  spent?: readonly OfferedMethod[] | undefined;
  action: string;
  giveUpAction?: string | undefined;
  nonce: string;
  failed?: BuyerReason | undefined;
  seen?: string | undefined;
  isChanged?: boolean | undefined;
};

/**
 * What is bought, on which terms, from whom, and the buttons with which the buyer orders. Directive
 * 2011/83/EU, article 8(2), wants the terms directly before the button; and only what the button itself says
 * tells the buyer that it makes them owe money (Court of Justice, C-249/21).
 */
export function renderCheckoutPage(model: CheckoutPageModel): string {
  const texts = textsFor(model.language);
  const notice = noticeOf(model, texts);
  const heading = headingOf(model, texts);
  const sentence = sentenceOf(model, texts);
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
      {tellsSpent(model) ? '' : spentTexts(model, texts).map((text) => <p safe>{text}</p>)}
      {sentence === undefined ? '' : <p safe>{sentence}</p>}
      <Bought order={model.order} totalName={totalName(model, texts)} total={model.total} texts={texts} />
      {isOver(model) ? '' : <Ordering model={model} texts={texts} />}
      <GiveUp model={model} texts={texts} />
    </>,
  );
}

function noticeOf(model: CheckoutPageModel, texts: PageTexts): string | undefined {
  const { isChanged, failed } = model;
  const { checkout, payment } = texts;
  if (isChanged === true) return checkout.changed;
  if (tellsSpent(model)) return spentTexts(model, texts).join(' ');
  return failed && payment.notThrough(payment.reasons[failed]);
}

/** Whether the notice is about the methods that are spent, which tells of the last try too. */
function tellsSpent({ isChanged, failed, spent = [] }: CheckoutPageModel): boolean {
  return isChanged !== true && failed === 'too many tries' && spent.length > 0;
}

function spentTexts({ spent = [] }: CheckoutPageModel, { payment }: PageTexts): string[] {
  return spent.map(({ label }) => payment.choice.spent(label));
}

function totalName(model: CheckoutPageModel, { checkout }: PageTexts): string {
  if (model.due === 'by invoice') return checkout.toPayByInvoice;
  if (model.due === 'paid before') return checkout.paidBefore;
  return isOver(model) ? checkout.toPay : checkout.toPayNow;
}

function Ordering({ model, texts }: { model: CheckoutPageModel; texts: PageTexts }): JSX.Element {
  const { order, seller } = model;
  return (
    <>
      <CheckoutTerms order={order} isFree={model.due === 'nothing'} seller={seller} texts={texts} />
      <PostForm action={model.action} nonce={model.nonce} class="order">
        {/* Return, pressed on the box, presses the form's first button that works and is drawn: this one. */}
        <button type="submit" class="none" tabindex="-1" aria-hidden="true"></button>
        {model.seen === undefined ? '' : <input type="hidden" name="seen" value={attribute(model.seen)} />}
        {order.earlyStart ? <AskEarlyStart means={order.earlyStart} texts={texts} /> : ''}
        {chooses(model) ? (
          model.methods.map((method) => <MethodButton model={model} method={method} texts={texts} />)
        ) : (
          <button type="submit" name="complete" value="1" class="button" safe>
            {completeWords(model, texts)}
          </button>
        )}
      </PostForm>
    </>
  );
}

function MethodButton(props: {
  model: CheckoutPageModel;
  method: OfferedMethod;
  texts: PageTexts;
}): JSX.Element {
  const { model, method, texts } = props;
  return (
    <button type="submit" name="method" value={method.name} class="button">
      <MethodMarkDrawing mark={method.mark} />
      <span safe>{payWords(model, method, texts)}</span>
    </button>
  );
}

/** The words of a button that takes money, now or when a trial is over. */
export function payWords(
  { due, total, order }: Pick<CheckoutPageModel, 'due' | 'total' | 'order'>,
  { how }: Pick<OfferedMethod, 'how'>,
  { checkout, agreement, language }: PageTexts,
): string {
  const renewals = renewalsOf(order);
  const [first] = renewals;
  if (first === undefined) return checkout.pay(total, how);
  const each = renewals.map(({ price, period }) => `${price} ${agreement.every(period)}`);
  const then = new Intl.ListFormat(language).format(each);
  if (due === 'after trial') return checkout.startThen(how, then);
  const isTheSame = renewals.length === 1 && first.price === total;
  return isTheSame ? checkout.pay(total, how) : checkout.payThen(total, how, then);
}

function completeWords({ due, total }: CheckoutPageModel, { checkout }: PageTexts): string {
  if (due === 'by invoice') return checkout.payByInvoice(total);
  return due === 'nothing' ? checkout.getFree : checkout.complete;
}

function GiveUp({ model, texts }: { model: CheckoutPageModel; texts: PageTexts }): JSX.Element {
  if (model.giveUpAction === undefined) return '';
  return (
    <PostForm action={model.giveUpAction} nonce={model.nonce}>
      <button type="submit" class={isOver(model) ? 'button' : 'plain'} safe>
        {texts.payment.choice.giveUp}
      </button>
    </PostForm>
  );
}

/** Money is owed at a provider, so that the buyer chooses how to pay it. */
function chooses({ due }: CheckoutPageModel): boolean {
  return due === 'now' || due === 'after trial';
}

/** Nothing can be chosen any more. */
function isOver(model: CheckoutPageModel): boolean {
  return chooses(model) && model.methods.length === 0;
}

function headingOf(model: CheckoutPageModel, { payment, checkout }: PageTexts): string {
  if (isOver(model)) return payment.methodRefused.heading;
  if (!chooses(model)) return checkout.confirmHeading;
  return asksForAnother(model) ? payment.choice.otherMethod : checkout.heading;
}

function asksForAnother({ failed, methods, spent = [] }: CheckoutPageModel): boolean {
  return failed !== undefined && methods.length + spent.length > 1;
}

/** What heading and notice have not said; nothing where they have said it all. */
function sentenceOf(model: CheckoutPageModel, { payment, checkout }: PageTexts): string | undefined {
  if (isOver(model)) return payment.choice.noneLeft;
  if (model.due === 'by invoice') return checkout.invoiceFollows;
  if (!chooses(model)) return payment.confirm;
  const { choose, notPaidYet } = payment.choice;
  const sentences = [
    ...(model.methods.length > 1 && !asksForAnother(model) ? [choose] : []),
    ...(model.isChanged === true ? [] : [notPaidYet]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}
