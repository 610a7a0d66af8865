/**
 * Where a code from a message is typed; phones fill it in by themselves. Only its digits count, so that it
 * may be pasted with what stood around it. `describedBy` is the id of a notice of what was wrong before.
 */
export function CodeField(props: {
  label: string;
  hint?: string;
  leastDigits: number;
  mostDigits: number;
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
        pattern={`\\P{Nd}*(\\p{Nd}\\P{Nd}*){${props.leastDigits},${props.mostDigits}}`}
        maxlength={60}
        required
        autofocus={describedBy !== undefined}
        aria-describedby={ids === '' ? undefined : ids}
        aria-invalid={describedBy === undefined ? undefined : 'true'}
      />
    </div>
  );
}
