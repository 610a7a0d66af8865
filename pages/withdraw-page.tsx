import { renderLayout } from './layout.tsx';
import { faultsNotice } from './parts/faults-notice.ts';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { TextField } from './parts/text-field.tsx';
import { outsideAddress } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/** What a reader types who has not proven anything. */
export type TypedStatement = { name: string; order: string; email: string; what: string };

/** An order of the reader who is logged in; `daysLeft` is nothing where there is no right any more. */
export type OwnOrder = {
  orderId: number;
  day: string;
  purchase: string;
  daysLeft: number | undefined;
  url: string;
};

/** `action` takes `nonce` and what is typed; `faults` names what is missing of it. */
export type WithdrawPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  own: readonly OwnOrder[];
  typed: TypedStatement;
  faults: readonly ('name' | 'order' | 'email')[];
  action: string;
  nonce: string;
  homeUrl?: string | undefined;
};

/** Where anybody states that they withdraw: without logging in, and with no reason. */
export function renderWithdrawPage(model: WithdrawPageModel): string {
  const texts = textsFor(model.language);
  const { withdrawal } = texts;
  const notice = faultsNotice(model.faults, texts);
  return renderLayout(
    {
      texts,
      heading: withdrawal.heading,
      title: notice && texts.shared.errorTitle(withdrawal.heading),
      publisherName: model.publisherName,
      // The way to withdraw leads here.
      seller: model.seller && { ...model.seller, withdrawUrl: undefined },
    },
    <>
      {notice ? <Notice kind="error" id="notice" text={notice} /> : ''}
      {model.own.length === 0 ? '' : <OwnOrders model={model} texts={texts} />}
      <p safe>{withdrawal.sentence}</p>
      <StatementForm model={model} texts={texts} />
      <ReturnLink url={model.homeUrl} label={texts.shared.backTo(model.publisherName)} />
    </>,
  );
}

function OwnOrders({ model, texts }: { model: WithdrawPageModel; texts: PageTexts }): JSX.Element {
  const { withdrawal } = texts;
  return (
    <>
      <h2 class="part" safe>
        {withdrawal.own}
      </h2>
      <ul class="purchases">
        {model.own.map((order) => (
          <li>
            <span class="name" safe>
              {order.purchase}
            </span>
            <span class="quiet" safe>
              {withdrawal.ownOrder(order.orderId, order.day)}
            </span>
            <span safe>
              {order.daysLeft === undefined ? withdrawal.noRight : withdrawal.daysLeft(order.daysLeft)}
            </span>
            <a href={outsideAddress(order.url)} safe>
              {withdrawal.ofOrder(String(order.orderId))}
            </a>
          </li>
        ))}
      </ul>
      <h2 class="part" safe>
        {withdrawal.otherwise}
      </h2>
    </>
  );
}

function StatementForm({ model, texts }: { model: WithdrawPageModel; texts: PageTexts }): JSX.Element {
  const { withdrawal } = texts;
  const { typed, faults } = model;
  const faultOf = (name: 'name' | 'order' | 'email') =>
    faults.includes(name) ? withdrawal.missing[name] : undefined;
  return (
    <PostForm action={model.action} nonce={model.nonce}>
      <TextField
        name="name"
        label={withdrawal.name}
        value={typed.name}
        fault={faultOf('name')}
        autocomplete="name"
        maxLength={200}
      />
      <TextField
        name="order"
        label={withdrawal.order}
        hint={withdrawal.orderHint}
        value={typed.order}
        fault={faultOf('order')}
        maxLength={100}
      />
      <TextField
        name="email"
        label={withdrawal.email}
        hint={withdrawal.emailHint}
        value={typed.email}
        fault={faultOf('email')}
        type="email"
        autocomplete="email"
        maxLength={254}
      />
      <TextField
        name="what"
        label={withdrawal.what}
        hint={withdrawal.whatHint}
        value={typed.what}
        maxLength={200}
        isOptional
      />
      <button type="submit" class="button" name="step" value="review" safe>
        {withdrawal.goOn}
      </button>
    </PostForm>
  );
}
