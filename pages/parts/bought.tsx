import type { PageTexts } from '../texts/text-shape.ts';
import type { CheckoutLine, CheckoutOrder } from './checkout-model.ts';

/** What is bought and what it comes to. Without lines, which strangers may not see, the sum. */
export function Bought(props: {
  order: CheckoutOrder;
  totalName: string;
  total: string;
  texts: PageTexts;
}): JSX.Element {
  const { order, texts } = props;
  return (
    <>
      {order.lines.length === 0 ? (
        ''
      ) : (
        <>
          <h2 safe>{texts.checkout.bought}</h2>
          <ul class="bought">
            {order.lines.map((line) => (
              <Line line={line} texts={texts} />
            ))}
          </ul>
        </>
      )}
      <dl class="total">
        <div>
          <dt safe>{props.totalName}</dt>
          <dd safe>{props.total}</dd>
        </div>
        {order.totalVat === undefined ? (
          ''
        ) : (
          <div class="quiet">
            <dt safe>{texts.checkout.totalVat}</dt>
            <dd safe>{order.totalVat}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

function Line({ line, texts }: { line: CheckoutLine; texts: PageTexts }): JSX.Element {
  const { checkout } = texts;
  const isOne = line.quantity === 1;
  const details = [
    ...(isOne ? [] : [checkout.each(line.unitPrice)]),
    ...(line.vatRate === undefined ? [] : [checkout.vat(line.vatRate)]),
  ];
  return (
    <li>
      <span class="name" safe>
        {isOne ? line.description : `${line.quantity} × ${line.description}`}
      </span>
      <span class="sum" safe>
        {line.sum}
      </span>
      {details.length === 0 ? (
        ''
      ) : (
        <span class="quiet" safe>
          {details.join(', ')}
        </span>
      )}
    </li>
  );
}
