// How complete an agency's own records are, of what it told itself alone, person by person (views.md, S16).
import { itemsOf, type Row } from './facts.ts';
import { activities } from './rows-of-areas.ts';
import type { Item, Question, Seen } from './sight.ts';

type Counted = Readonly<Record<string, readonly [have: number, of: number]>>;

const countedOf = (own: Seen, question: Question): Counted => {
  const identities = itemsOf(own, 'learner.registered', 'learner.corrected');
  const said = (field: string): readonly [number, number] => [
    Number(identities.some(({ data }) => data[field] !== undefined)),
    Number(identities.length > 0),
  ];
  const programmesOf = (type: string): readonly unknown[] => [...new Set(itemsOf(own, type).map(({ data }: Item) => data['programmeId']))];
  const [started, held] = [programmesOf('programme.started'), programmesOf('review.held')];
  const [does] = activities(own, question);
  return {
    uln: said('uln'),
    postcode: said('postcode'),
    'date-of-birth': said('dateOfBirth'),
    review: [started.filter((one) => held.includes(one)).length, started.length],
    destination: [Number(does !== undefined && does['currency'] !== 'lapsed'), Number(does !== undefined)],
  };
};

/** Measures of which there is something. */
export const completeness = (everybody: readonly Seen[], question: Question): readonly Row[] => {
  const counted = everybody.map(({ items, ...seen }) => countedOf({ ...seen, items: items.filter(({ own }) => own) }, question));
  const measures = new Set(counted.flatMap((one) => Object.keys(one)));
  return [...measures]
    .map((measure) => {
      const sumOf = (place: 0 | 1): number => counted.reduce((sum, one) => sum + (one[measure]?.[place] ?? 0), 0);
      return { agency: question.asker.slug, measure, have: sumOf(0), of: sumOf(1) };
    })
    .filter(({ of }) => of > 0);
};
