import { Words } from './words.tsx';

/** A sentence about what just happened, read out by screen readers when the page opens. */
export function Notice(props: { kind: 'error' | 'news'; id: string; text: string }): JSX.Element {
  return (
    <p class={`notice ${props.kind}`} role={props.kind === 'error' ? 'alert' : 'status'} id={props.id}>
      <Words text={props.text} />
    </p>
  );
}
