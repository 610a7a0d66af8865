import { renderLayout } from './layout.tsx';
import { Facts } from './parts/facts.tsx';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { BuyerReason, ChosenMethod, PageTexts } from './texts/text-shape.ts';

/**
 * `action` takes `nonce` and the chosen `method`, `giveUpAction` takes `nonce`. `amount` is ready to be read,
 * with its currency. `failed` is there after a try that came to nothing, and says why.
 */
export type PaymentChoicePageModel = {
  language: string;
  publisherName: string;
  /** Left out where the address can be guessed. */
  purchase?: string | undefined;
  amount: string;
  methods: readonly ChosenMethod[];
  action: string;
  giveUpAction: string;
  nonce: string;
  failed?: BuyerReason | undefined;
};

/** The buyer chooses a way of paying; where there is one only, it is tried again. */
export function renderPaymentChoicePage(model: PaymentChoicePageModel): string {
  const texts = textsFor(model.language);
  const { choice } = texts.payment;
  const notice = model.failed && failureText(model.failed, texts);
  const heading = model.failed && model.methods.length > 1 ? choice.otherMethod : choice.heading;
  return renderLayout(
    {
      texts,
      heading,
      title: notice && texts.shared.errorTitle(heading),
      publisherName: model.publisherName,
    },
    <>
      {notice ? <Notice kind="error" id="notice" text={notice} /> : ''}
      <p safe>{choice.sentence}</p>
      <Facts
        facts={[
          ...(model.purchase === undefined ? [] : [{ name: choice.purchase, value: model.purchase }]),
          { name: choice.amount, value: model.amount },
        ]}
      />
      {model.methods.map((method) => (
        <MethodForm model={model} method={method} texts={texts} />
      ))}
      <PostForm action={model.giveUpAction} nonce={model.nonce}>
        <button type="submit" class="plain" safe>
          {choice.giveUp}
        </button>
      </PostForm>
    </>,
  );
}

function failureText(reason: BuyerReason, { payment }: PageTexts): string {
  return payment.notThrough(payment.reasons[reason]);
}

function MethodForm(props: {
  model: PaymentChoicePageModel;
  method: ChosenMethod;
  texts: PageTexts;
}): JSX.Element {
  const { model, method, texts } = props;
  const isAgain = model.failed !== undefined && model.methods.length === 1;
  const name = texts.payment.choice.methods[method];
  return (
    <PostForm action={model.action} nonce={model.nonce} class="method">
      <input type="hidden" name="method" value={method} />
      <button type="submit" class="button" safe>
        {isAgain ? `${texts.payment.tryAgain}: ${name}` : name}
      </button>
    </PostForm>
  );
}
