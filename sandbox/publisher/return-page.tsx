import { Page } from '../kit/page.tsx';

const words = {
  return: {
    title: 'Back at the publisher',
    lead: 'A buyer or reader was sent to the publisher’s return address.',
  },
  error: {
    title: 'Something went wrong',
    lead: 'A buyer or reader was sent to the publisher’s error address.',
  },
};

/** Where the publisher's site receives buyers and readers: shows the query they came with. */
export function ReturnPage(props: { place: 'return' | 'error'; query: unknown }): string | Promise<string> {
  const { title, lead } = words[props.place];
  const parameters = Object.entries(props.query ?? {});
  return (
    <Page title={title}>
      <main class="sheet">
        <h1>{title}</h1>
        <p>{lead}</p>
        {parameters.length === 0 ? (
          <p class="quiet">No parameters.</p>
        ) : (
          <dl class="pairs">
            {parameters.map(([name, value]) => (
              <>
                <dt safe>{name}</dt>
                <dd safe>{String(value)}</dd>
              </>
            ))}
          </dl>
        )}
        <p>
          <a href="/">The sandbox</a>
        </p>
      </main>
    </Page>
  );
}
