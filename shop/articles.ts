export type Article = {
  /** In the address. */
  name: string;
  /** What Leveret calls it. */
  ref: string;
  title: string;
  lead: string;
  /** With an empty line between paragraphs. */
  text: string;
  isLocked: boolean;
  /** In kroner, and for good. */
  price: number;
};

/** The paper's product at Leveret: whoever has it reads everything. */
export const paper = 'DEMO';

const harbour = `
On the quay nobody talks of money. They talk of the wind, which comes in from the west now that the old
breakwater is gone, and of the seals, which have not come back.

The bills lie in nine folders at the town hall. Whoever wants to read them is given a chair, a lamp and a day.
We needed four days, and the lamp.

They come to sixty-one million. Half of the difference is rock: nobody had looked under the mud. The other
half is six small changes, each of which was decided on a Thursday, and none of which the council heard of
before the next one.

The mayor calls it a good harbour, and that is true as well.`;

const lights = `
It begins with a green that the eye takes for cloud. Then the cloud moves against the wind.

Ane Moen keeps a flask, two gloves for each hand, and a list. On the list stand the nights: the hour, the
cold, and a word. Eleven of the words are “finally”.

She does not sell the pictures. She lends them, for a week at a time, to whoever has a wall and somebody who
is ill.`;

const ferry = `
From Monday the last ferry to the islands leaves at 21.30, and on Sundays at 20.15. The first one in the
morning is as before.

Whoever misses it may ring the harbour office until ten: the pilot boat goes out most nights, and takes
four.`;

export const articles: readonly Article[] = [
  {
    name: 'harbour',
    ref: 'demoposten-harbour',
    title: 'What the new harbour really cost',
    lead: 'The council promised forty million. We have read all the bills.',
    text: harbour,
    isLocked: true,
    price: 19,
  },
  {
    name: 'lights',
    ref: 'demoposten-lights',
    title: 'A winter of northern lights',
    lead: 'Ane Moen has photographed every clear night since October. There were eleven.',
    text: lights,
    isLocked: true,
    price: 19,
  },
  {
    name: 'ferry',
    ref: 'demoposten-ferry',
    title: 'The last ferry leaves at half past nine',
    lead: 'From Monday the timetable is that of winter.',
    text: ferry,
    isLocked: false,
    price: 0,
  },
];

export function findArticle(name: string): Article | undefined {
  return articles.find((article) => article.name === name);
}
