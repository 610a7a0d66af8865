import type { PageTexts } from '../texts/text-shape.ts';

/** What is said above a form that came back: the one fault, or that there are several, said below. */
export function faultsNotice(
  faults: readonly Exclude<keyof PageTexts['withdrawal']['missing'], 'several'>[],
  { withdrawal: { missing } }: PageTexts,
): string | undefined {
  const [fault, ...others] = faults;
  return fault === undefined || others.length === 0 ? fault && missing[fault] : missing.several;
}
