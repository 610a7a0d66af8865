import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coloursOf, contrast, grounds, readColour, type Theme } from './publisher-colour.ts';
import { styleSheet } from './style-sheet.ts';

const themes: Theme[] = ['light', 'dark'];

/** Every hue at every lightness and saturation, in steps: 6 × 6 × 6 colours, with the greys among them. */
const steps = [0, 51, 102, 153, 204, 255];
const colours = steps.flatMap((red) =>
  steps.flatMap((green) => steps.map((blue) => [red, green, blue] as const)),
);

test('no colour makes a text unreadable, in either theme', () => {
  for (const colour of colours) {
    for (const theme of themes) {
      const made = coloursOf(colour, theme);
      const of = (name: keyof typeof made) => readColour(made[name]) ?? assert.fail(made[name]);
      const where = `${colour.join(' ')} ${theme}`;
      for (const button of ['button', 'button-strong'] as const) {
        assert.ok(contrast(of(button), of('on-button')) >= 4.5, `${where}: the words on the ${button}`);
      }
      for (const ground of Object.values(grounds[theme])) {
        for (const accent of ['accent', 'accent-strong'] as const) {
          assert.ok(contrast(of(accent), ground) >= 4.5, `${where}: ${accent}`);
        }
      }
    }
  }
});

const cases: { name: string; colour: string; theme: Theme; made: Partial<ReturnType<typeof coloursOf>> }[] = [
  {
    name: 'a yellow button has black words, and its links are a darker yellow',
    colour: '#ffd400',
    theme: 'light',
    made: { button: '#ffd400', 'on-button': '#000000', accent: '#806a00' },
  },
  {
    name: 'a colour that stands out is taken as it is',
    colour: '#0b3d91',
    theme: 'light',
    made: { button: '#0b3d91', 'on-button': '#ffffff', accent: '#0b3d91' },
  },
  {
    name: 'on the dark card it is lightened for links alone',
    colour: '#0b3d91',
    theme: 'dark',
    made: { button: '#0b3d91', 'on-button': '#ffffff', accent: '#6887bb' },
  },
];

for (const { name, colour, theme, made } of cases) {
  test(name, () => {
    const all = coloursOf(readColour(colour) ?? assert.fail(), theme);
    const asked = Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(made, key)));
    assert.deepEqual(asked, made);
  });
}

test('the contrast is that of WCAG', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.equal(contrast([12, 12, 12], [12, 12, 12]), 1);
  assert.equal(contrast([118, 118, 118], [255, 255, 255]).toFixed(2), '4.54');
});

test('the grounds are those of the style sheet, and every custom property stands in it', () => {
  const [light = '', dark = ''] = styleSheet.split('@media (prefers-color-scheme: dark)');
  for (const [theme, text] of [
    ['light', light],
    ['dark', dark],
  ] as const) {
    for (const [name, colour] of Object.entries(grounds[theme])) {
      const hex = [...colour].map((part: number) => part.toString(16).padStart(2, '0')).join('');
      assert.ok(text.includes(`--${name}: #${hex};`), `${theme} ${name}`);
    }
    for (const name of Object.keys(coloursOf([1, 2, 3], theme)))
      assert.ok(text.includes(`--${name}: #`), name);
  }
});
