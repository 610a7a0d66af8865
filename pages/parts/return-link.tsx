import { outsideAddress } from '../safe-text.ts';

/** A way out of the page, or nothing where there is no address that can be trusted. */
export function ReturnLink(props: {
  url: string | undefined;
  label: string;
  prominent?: boolean;
}): JSX.Element {
  const address = outsideAddress(props.url);
  if (address === undefined) return '';
  return (
    <p class="way-out">
      <a class={props.prominent === true ? 'button' : 'plain'} href={address} safe>
        {props.label}
      </a>
    </p>
  );
}
