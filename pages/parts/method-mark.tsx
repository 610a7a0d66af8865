/**
 * What a way of paying is by its kind. Brands stand in words only: their owners let nobody redraw a logo, and
 * their own images would be loaded from elsewhere (decision 48).
 */
export type MethodMark = 'card' | 'app' | 'phone bill' | 'several';

/** A drawing of ours beside a method's name, which says nothing to a screen reader that the name does not. */
export function MethodMarkDrawing({ mark }: { mark: MethodMark }): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawings[mark]} />
    </svg>
  );
}

const phone = 'M8 2.5h8q1.5 0 1.5 1.5v16q0 1.5-1.5 1.5H8q-1.5 0-1.5-1.5V4q0-1.5 1.5-1.5z';
const card = 'M4 5.5h16q1.5 0 1.5 1.5v10q0 1.5-1.5 1.5H4q-1.5 0-1.5-1.5V7q0-1.5 1.5-1.5zM2.5 10h19';
const front = 'M4 8.5h12q1.5 0 1.5 1.5v8q0 1.5-1.5 1.5H4q-1.5 0-1.5-1.5v-8q0-1.5 1.5-1.5zM2.5 12.5h15';

const drawings: Record<MethodMark, string> = {
  card: `${card}M6 15h4`,
  app: `${phone}M9.5 12l2 2 3.5-4`,
  'phone bill': `${phone}M9.5 8h5M9.5 11.5h5M9.5 15h3`,
  several: `${front}M6.5 8.5V6q0-1.5 1.5-1.5h12q1.5 0 1.5 1.5v7q0 1.5-1.5 1.5h-2.5`,
};
