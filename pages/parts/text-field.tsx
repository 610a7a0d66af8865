import { attribute } from '../safe-text.ts';
import { Words } from './words.tsx';

/** One line of text that a reader types, with what was wrong with it before. */
export function TextField(props: {
  name: string;
  label: string;
  hint?: string | undefined;
  value?: string | undefined;
  fault?: string | undefined;
  type?: 'text' | 'email';
  autocomplete?: string;
  maxLength: number;
  isOptional?: boolean;
}): JSX.Element {
  const { name, hint, fault } = props;
  const ids = [
    ...(fault === undefined ? [] : [`${name}-fault`]),
    ...(hint === undefined ? [] : [`${name}-hint`]),
  ];
  return (
    <div class="field">
      <label for={attribute(name)} safe>
        {props.label}
      </label>
      {hint === undefined ? (
        ''
      ) : (
        <p class="hint" id={`${name}-hint`}>
          <Words text={hint} />
        </p>
      )}
      {fault === undefined ? (
        ''
      ) : (
        <p class="fault" id={`${name}-fault`} safe>
          {fault}
        </p>
      )}
      <input
        id={attribute(name)}
        name={attribute(name)}
        type={props.type ?? 'text'}
        autocomplete={props.autocomplete ?? 'off'}
        maxlength={props.maxLength}
        required={props.isOptional !== true}
        value={attribute(props.value ?? '')}
        aria-describedby={ids.length === 0 ? undefined : ids.join(' ')}
        aria-invalid={fault === undefined ? undefined : 'true'}
      />
    </div>
  );
}
