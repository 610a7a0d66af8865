import { renderLayout } from '../layout.tsx';
import { outsideAddress } from '../safe-text.ts';
import { textsFor } from '../texts/page-texts.ts';

/** A place that the front page leads to. */
export type Door = { name: string; url: string; says: string };

export type FrontPageModel = { doors: readonly Door[]; clientId: string; clientSecret: string };

/** What stands at `/` of a sandbox: what this is, and what is here. In English, as its guides. */
export function renderFrontPage({ doors, clientId, clientSecret }: FrontPageModel): string {
  return renderLayout(
    { texts: textsFor('en'), heading: 'Leveret', isWide: true },
    <>
      <p>
        The open, self-hosted order, payment and access server for publishers. This one is a sandbox: every
        provider is imitated, and no money moves.
      </p>
      <ul class="doors">
        {doors.map((door) => (
          <li>
            <a href={outsideAddress(door.url)} safe>
              {door.name}
            </a>
            <span class="quiet" safe>
              {door.says}
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        The demo client is <code safe>{clientId}</code>, its secret <code safe>{clientSecret}</code>.
      </p>
      <p class="quiet">
        Where <code>npm start</code> runs, a first order to paste is printed.
      </p>
    </>,
  );
}
