import { frameScriptPath } from './frame-scripts.ts';
import { renderLayout } from './layout.tsx';
import { attribute, outsideAddress } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';

/** The buyer comes back from a provider inside its frame: the page around it goes to `url` instead. */
export function renderLeaveFramePage({ language, url }: { language: string; url: string }): string {
  const texts = textsFor(language);
  const address = outsideAddress(url);
  return renderLayout(
    { texts, heading: texts.payment.waiting.heading },
    <>
      <p role="status" safe>
        {texts.payment.waiting.sentence}
      </p>
      {address === undefined ? (
        ''
      ) : (
        <p class="way-out">
          <a class="button" target="_top" href={address} safe>
            {texts.payment.leaving.go}
          </a>
        </p>
      )}
      <script src={attribute(frameScriptPath('leave-frame.js'))}></script>
    </>,
  );
}
