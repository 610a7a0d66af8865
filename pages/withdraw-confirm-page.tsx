import { renderLayout } from './layout.tsx';
import { Facts } from './parts/facts.tsx';
import { PostForm } from './parts/post-form.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { BackBy, WhyNot } from './texts/withdrawal/withdrawal-shape.ts';

/** What follows for the money, ready to be read; nothing where that is not shown. */
export type MoneyBack = { amount: string; by: BackBy } | 'nothing' | undefined;

/**
 * `fields` come back as they are, with `nonce` and `step`: the same `key` among them states the same once.
 * `email` is nothing where the receipt goes to the order's own address, `lines` where it is the whole order.
 */
export type WithdrawConfirmPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  name: string;
  order: string;
  email: string | undefined;
  lines: readonly string[] | undefined;
  /** Something of it is somebody else's by now. */
  hasGift?: boolean | undefined;
  moneyBack: MoneyBack;
  /** Why a person has to look at it first. */
  why: WhyNot | undefined;
  fields: Readonly<Record<string, string>>;
  action: string;
  nonce: string;
};

/** The summary with the second button, which alone withdraws (directive 2011/83, article 11a(3)). */
export function renderWithdrawConfirmPage(model: WithdrawConfirmPageModel): string {
  const texts = textsFor(model.language);
  const { withdrawal } = texts;
  const { moneyBack, why, lines, email } = model;
  return renderLayout(
    {
      texts,
      heading: withdrawal.confirmHeading,
      publisherName: model.publisherName,
      seller: model.seller,
    },
    <>
      <p safe>{withdrawal.confirmSentence}</p>
      <Facts
        facts={[
          { name: withdrawal.name, value: model.name },
          { name: withdrawal.order, value: model.order },
          { name: withdrawal.about, value: lines?.join(', ') ?? withdrawal.whole },
          ...(email === undefined ? [] : [{ name: withdrawal.email, value: email }]),
          ...(typeof moneyBack === 'object'
            ? [{ name: withdrawal.amountBack, value: moneyBack.amount }]
            : []),
        ]}
      />
      {why === undefined ? (
        ''
      ) : (
        <p safe>{`${withdrawal.whyNot[why]} ${withdrawal.looked(model.publisherName)}`}</p>
      )}
      {model.hasGift === true ? <p safe>{withdrawal.gift}</p> : ''}
      {typeof moneyBack === 'object' ? <p safe>{withdrawal.back[moneyBack.by]}</p> : ''}
      {moneyBack === 'nothing' && why === undefined ? <p safe>{withdrawal.nothingBack}</p> : ''}
      <PostForm action={model.action} nonce={model.nonce}>
        {Object.entries(model.fields).map(([name, value]) => (
          <input type="hidden" name={attribute(name)} value={attribute(value)} />
        ))}
        <button type="submit" class="button" name="step" value="confirm" safe>
          {withdrawal.confirm}
        </button>
        <button type="submit" class="plain" name="step" value="change" safe>
          {withdrawal.change}
        </button>
      </PostForm>
    </>,
  );
}
