import type { Received } from '../kit/inbox.ts';
import { Page } from '../kit/page.tsx';
import { showRecipient } from '../kit/recipient.ts';
import { magicNumbers } from '../link/magic-numbers.ts';

/**
 * Where one picks the phone or mailbox to look at: by number or address, from who got something, or by fate.
 */
export function ChoosePhonePage(props: {
  recipients: { key: string; last: Received; count: number }[];
}): string | Promise<string> {
  return (
    <Page title="Phones">
      <main class="sheet">
        <h1>Phones and mailboxes</h1>
        <form action="/phone" method="get" class="choose">
          <label for="for">Mobile number or e-mail address</label>
          <div>
            <input id="for" name="for" required autocomplete="off" placeholder="+4790000001" />
            <button type="submit">Open</button>
          </div>
        </form>
        <h2>Who got something</h2>
        {props.recipients.length === 0 ? <p class="quiet">Nobody yet.</p> : ''}
        <ul class="people">
          {props.recipients.map((recipient) => (
            <li>
              <a href={phonePath(recipient.key)}>
                <strong safe>{showRecipient(recipient.key)}</strong>
                <span class="count">{recipient.count}</span>
                <span class="last" safe>
                  {recipient.last.subject ?? recipient.last.text}
                </span>
              </a>
            </li>
          ))}
        </ul>
        <h2>Numbers that stand for a fate</h2>
        <p>Any other mobile is charged, and gets its messages, after a second.</p>
        <table>
          <tbody>
            {magicNumbers.map((magic) => (
              <tr>
                <td>
                  <a href={phonePath(magic.number)} safe>
                    {magic.number}
                  </a>
                </td>
                <td safe>{magic.what}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </main>
    </Page>
  );
}

/** The address of one recipient's phone. */
export function phonePath(recipient: string): string {
  return `/phone/${encodeURIComponent(showRecipient(recipient.replace(/^\+/, '')))}`;
}
