import { Contact } from './contact.tsx';

/** `contact` stands behind the value, as a link. */
export type Fact = { name: string; value: string; contact?: string | undefined };

/** Names and values in a quiet list. */
export function Facts(props: { facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="facts">
      {props.facts.map(({ name, value, contact }) => (
        <div>
          <dt safe>{name}</dt>
          {contact === undefined ? (
            <dd safe>{value}</dd>
          ) : (
            <dd>
              <span safe>{value}</span>
              <Contact contact={contact} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
