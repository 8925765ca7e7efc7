// What the learner said of agencies, and what those do about it (views.md, S21): an answer is of a theme and a period, and of nobody.
import type { AgencySlug, IsoDate, Position } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { answered, type AnswerRow, answers, feedbackThingsView, type GivenAnswer, isPeriodOf } from '../feedback/index.ts';
import { alike, count, day, groups, known, orNull, quarterOf, type SeenItem, type SeenItems, text, thingName } from '../lists/index.ts';
import { ownPage } from './own-page.ts';

interface OwnFeedback {
  readonly id: string | null;
  readonly about: AgencySlug | null;
  readonly theme: string | null;
  readonly rating: number | null;
  readonly comment: string | null;
  readonly on: IsoDate | null;
  readonly answers: readonly GivenAnswer[];
}

interface Voice {
  readonly rows: readonly OwnFeedback[];
}

type Given = SeenItem<'feedback.given'>;

/** Of one agency: more than any has answered. */
const MOST_ANSWERS = 1000;

/** As the view calls answers to it: to its quarter, or to its year. */
const namesOf = ({ data: { about, theme }, toldOn }: Given): readonly string[] =>
  toldOn === undefined ? [] : [quarterOf(toldOn), toldOn.slice(0, 4)].map((period) => thingName(about, alike(theme), period));

const proposed = async (views: ViewReader, seen: SeenItems): Promise<readonly Position[]> => {
  const given = seen.of('feedback.given');
  const wanted = new Set(given.flatMap(namesOf));
  const agencies = [...new Set(given.flatMap(({ data: { about } }) => about ?? []))];
  const found = await Promise.all(
    agencies.map((agency) => {
      const where = { source: agency, named: agency };
      return views.rows(feedbackThingsView, answers, { where, order: ['answered_on', 'answer'], newestFirst: true, limit: MOST_ANSWERS });
    }),
  );
  return found.flatMap(({ rows }) => rows.flatMap(({ subject, answer }) => (wanted.has(subject) ? [answer] : [])));
};

const isAnswerTo = (answer: AnswerRow, { data: { about, theme }, toldOn }: Given): boolean =>
  answer.about === about && alike(answer.theme) === alike(theme) && toldOn !== undefined && isPeriodOf(answer.period, quarterOf(toldOn));

export const ownVoice = ownPage<Voice>({
  name: 'own-voice',
  path: 'voice',
  says: 'What the learner said of agencies, and what they do about it.',
  items: { types: ['feedback.given'] },
  beside: { list: answered, propose: proposed },
  fields: {
    rows: groups<OwnFeedback>('In the order in which it was said.', {
      id: text('Name of the item, for this learner alone.'),
      about: text('Slug of the agency.'),
      theme: text('What it is about.'),
      rating: count('From 1 to 5.'),
      comment: text('What was said.'),
      on: day('Day.'),
      answers: groups<GivenAnswer>('What the agency does about what was said of that theme in that quarter.', {
        by: text('Slug of the agency.'),
        on: day('Day.'),
        action: text('What it does.'),
      }),
    }),
  },
  content: (seen, { things = [] }) => ({
    rows: seen.of('feedback.given').map((given) => ({
      id: known(given.id),
      ...orNull(given.data, 'about', 'theme', 'rating', 'comment'),
      on: known(given.toldOn),
      answers: (things as unknown as readonly AnswerRow[])
        .filter((answer) => isAnswerTo(answer, given))
        .map(({ by, on, action }) => ({ by, on, action })),
    })),
  }),
});
