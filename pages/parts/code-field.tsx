/**
 * Where a code from a message is typed; phones fill it in by themselves. `describedBy` is the id of a notice
 * that says what is wrong with what was typed before.
 */
export function CodeField(props: {
  label: string;
  hint?: string;
  pattern: string;
  maxlength: number;
  describedBy?: string | undefined;
}): JSX.Element {
  const { hint, describedBy } = props;
  const ids = [describedBy, hint === undefined ? undefined : 'code-hint'].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for="code" safe>
        {props.label}
      </label>
      {hint === undefined ? (
        ''
      ) : (
        <p class="hint" id="code-hint" safe>
          {hint}
        </p>
      )}
      <input
        id="code"
        name="code"
        class="code"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        pattern={props.pattern}
        maxlength={props.maxlength}
        required
        aria-describedby={ids === '' ? undefined : ids}
        aria-invalid={describedBy === undefined ? undefined : 'true'}
      />
    </div>
  );
}
