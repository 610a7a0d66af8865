/** Names and values in a quiet list. */
export function Facts(props: { facts: readonly { name: string; value: string }[] }): JSX.Element {
  return (
    <dl class="facts">
      {props.facts.map((fact) => (
        <div>
          <dt safe>{fact.name}</dt>
          <dd safe>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
