import type { PageTexts } from '../texts/text-shape.ts';
import type { CheckoutOrder } from './checkout-model.ts';

/**
 * The buyer's own wish to begin before the days of withdrawal are over (directive 2011/83/EU, articles 8(8)
 * and 16(m)). It is never ticked beforehand, and the order can be placed without it.
 */
export function AskEarlyStart(props: {
  means: NonNullable<CheckoutOrder['earlyStart']>;
  texts: PageTexts;
}): JSX.Element {
  const { label, hint } = props.texts.checkout.earlyStart[props.means];
  return (
    <div class="field tick">
      <input
        id="earlyStart"
        name="earlyStart"
        type="checkbox"
        value="true"
        autocomplete="off"
        aria-describedby="earlyStart-hint"
      />
      <label for="earlyStart" safe>
        {label}
      </label>
      <p class="hint" id="earlyStart-hint" safe>
        {hint}
      </p>
    </div>
  );
}
