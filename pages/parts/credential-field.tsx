import { attribute } from '../safe-text.ts';
import type { PageTexts } from '../texts/text-shape.ts';

/** Where an address or a number is typed. `describedBy` is the id of a notice of what was wrong with it. */
export function CredentialField(props: {
  value: string | undefined;
  texts: PageTexts;
  describedBy?: string | undefined;
}): JSX.Element {
  const { describedBy, texts } = props;
  return (
    <div class="field">
      <label for="credential" safe>
        {texts.code.credential}
      </label>
      <input
        id="credential"
        name="credential"
        type="text"
        autocomplete="username"
        autocapitalize="none"
        autocorrect="off"
        spellcheck="false"
        maxlength={254}
        required
        value={attribute(props.value ?? '')}
        aria-describedby={describedBy}
        aria-invalid={describedBy === undefined ? undefined : 'true'}
      />
    </div>
  );
}
