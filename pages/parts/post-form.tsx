import type { PropsWithChildren } from '@kitajs/html';
import { attribute, outsideAddress } from '../safe-text.ts';

/** A form that changes something: always POST, always with the page's nonce. */
export function PostForm(
  props: PropsWithChildren<{ action: string; nonce: string; class?: string | undefined }>,
): JSX.Element {
  return (
    <form method="post" action={outsideAddress(props.action) ?? ''} class={props.class}>
      <input type="hidden" name="nonce" value={attribute(props.nonce)} />
      {props.children}
    </form>
  );
}
