import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as rules from './setting.ts';
import { type Rule, readSettingChanges, setting } from './setting.ts';

const broken = undefined;
const cases: [what: string, rule: Rule<unknown>, given: unknown, kept: unknown][] = [
  ['a number', rules.wholeNumber(1, 90, 'days'), 14, 14],
  ['a number as text', rules.wholeNumber(1, 90, 'days'), '14', 14],
  ['a number below the least', rules.wholeNumber(1, 90, 'days'), 0, broken],
  ['a number above the most', rules.wholeNumber(1, 90, 'days'), 91, broken],
  ['a fraction', rules.wholeNumber(1, 90, 'days'), 1.5, broken],
  ['no number', rules.wholeNumber(1, 90, 'days'), '', broken],
  ['a word of the list', rules.oneOf('keep', 'end_now'), 'keep', 'keep'],
  ['a word of the list in another case', rules.oneOf('keep', 'end_now'), 'Keep', broken],
  ['a flag', rules.flag, false, false],
  ['a flag as text', rules.flag, 'true', true],
  ['a flag as a number', rules.flag, 1, broken],
  ['a line with blanks around it', rules.line(10), ' Avis ', 'Avis'],
  ['a line that is too long', rules.line(3), 'Avis', broken],
  ['two lines', rules.line(10), 'a\nb', broken],
  ['a line that turns the reading direction', rules.line(10), 'a\u202Eb', broken],
  ['a name of blanks', rules.line(10, 1), '  ', broken],
  ['an address', rules.webAddress, 'https://avis.example/vilkår', 'https://avis.example/vilk%C3%A5r'],
  ['no address', rules.webAddress, '', ''],
  ['an address without TLS', rules.webAddress, 'http://avis.example/', broken],
  ['an address of this machine', rules.webAddress, 'http://localhost:3000/', 'http://localhost:3000/'],
  ['a script', rules.webAddress, 'javascript:alert(1)', broken],
  ['a dark colour', rules.colour, ' #12594F ', '#12594f'],
  ['a light colour', rules.colour, '#ffd500', '#ffd500'],
  ['no colour', rules.colour, '', ''],
  ['a grey on which no text is read well', rules.colour, '#7a7a7a', broken],
  ['a colour by its name', rules.colour, 'red', broken],
  ['a colour of three digits', rules.colour, '#123', broken],
  ['a colour that would end a style', rules.colour, '#12594f;}', broken],
  ['an e-mail address', rules.emailAddress, ' desk@avis.example ', 'desk@avis.example'],
  ['half an e-mail address', rules.emailAddress, 'desk@', broken],
  ['countries', rules.listOf(rules.country, 3), ['no', 'SE', 'NO'], ['NO', 'SE']],
  ['countries as text', rules.listOf(rules.country, 3), 'NO, se', ['NO', 'SE']],
  ['no country at all', rules.listOf(rules.country, 3), '', []],
  ['what is no country', rules.listOf(rules.country, 3), ['NO', 'XX1'], broken],
  ['a code that no country has', rules.listOf(rules.country, 3), ['QQ'], broken],
  ['a code that is kept for no country', rules.listOf(rules.country, 3), ['ZZ'], broken],
  ['more than the list takes', rules.listOf(rules.country, 1), ['NO', 'SE'], broken],
  ['a time zone', rules.timeZone, 'Europe/Oslo', 'Europe/Oslo'],
  ['a place that is no time zone', rules.timeZone, 'Oslo', broken],
];

for (const [what, rule, given, kept] of cases)
  test(`${what} ${kept === broken ? 'is refused' : 'is kept'}`, () => {
    assert.deepEqual(rule.read(given), kept);
  });

const declared = {
  orderLifeDays: setting(rules.wholeNumber(1, 365, 'days'), 7, 'How long.'),
  termsUrl: setting(rules.webAddress, '', 'The terms.'),
};

test('what is given is set, null gives the default again, and the rest stays as it is', () => {
  const changes = readSettingChanges(declared, { orderLifeDays: '3', termsUrl: null });
  assert.deepEqual(changes, { set: { orderLifeDays: 3 }, reset: ['termsUrl'], problems: [] });
});

test('every broken rule names its field, and a misspelt name the nearest known one', () => {
  const { problems, set } = readSettingChanges(declared, {
    orderLifeDay: 3,
    termsurl: 'https://avis.example/',
    orderLifeDays: 0,
    constructor: 1,
  });
  assert.deepEqual(set, {});
  assert.deepEqual(
    problems.map(({ field, rule, message }) => [field, rule, message]),
    [
      ['orderLifeDay', 'unknown_field', 'there is no setting orderLifeDay; did you mean orderLifeDays?'],
      ['termsurl', 'unknown_field', 'there is no setting termsurl; did you mean termsUrl?'],
      ['orderLifeDays', 'setting', 'orderLifeDays must be a whole number of days from 1 to 365'],
      ['constructor', 'unknown_field', 'there is no setting constructor'],
    ],
  );
});
