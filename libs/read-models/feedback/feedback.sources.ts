// What the list of feedback is worked out of, and no list of its own: one by one comments are shown to nobody (views.md, S21).
import { londonDate, type AgencySlug, type IsoDate } from '#kernel';
import { day, flag, known, list, proposalsFrom, type Proposed, type Proposing, quarterOf, text, thingList } from '../lists/index.ts';
import type { ViewReader } from '../engine/index.ts';
import { answers, feedbackThingsView, feedbackView, spoken, voices } from './feedback.view.ts';

export const PURPOSES = ['improve-provision'];

/** To these a clause shows feedback about all agencies; to others about themselves. */
const FOR_ALL = ['learning-partnership', 'funder'];

export interface VoiceRow {
  readonly about: AgencySlug | null;
  readonly theme: string | null;
  readonly comment: string | null;
  readonly quarter: string;
  readonly month: string;
  /** On which somebody spoke who is not named; null of a learner. */
  readonly saidOn: IsoDate | null;
  readonly own: boolean;
}

const voiceFields = {
  about: text('Slug of the agency.'),
  theme: text('Theme.'),
  comment: text('What was said.'),
  quarter: text('Quarter.'),
  month: text('Month.'),
  saidOn: day('Day, of somebody not named.'),
  own: flag('Whether the asker recorded it.'),
};

const propose = async (views: ViewReader, { asker, chosen, after, limit }: Proposing): Promise<Proposed> => {
  const isForAll = asker.roles.some((role) => FOR_ALL.includes(role));
  const quarter = chosen['quarter'];
  const where = { ...(!isForAll && { about: asker.slug }), ...(quarter !== undefined && { quarter }) };
  const order = ['quarter', 'learner', 'revision'] as const;
  const { position, rows } = await views.rows(feedbackView, spoken, { where, order, limit: limit + 1, ...(after && { after }) });
  const candidates = rows.map(({ learner, revision, quarter: of, known_at: knownAt }) => ({
    learner,
    anchor: revision,
    knownAt,
    place: [of, learner, revision],
  }));
  return { position, candidates };
};

export const spokenByLearners = list<VoiceRow>({
  name: 'feedback',
  says: 'What learners said.',
  view: feedbackView,
  purposes: PURPOSES,
  items: { anchor: ['feedback.given'], beside: [] },
  filters: {},
  fields: voiceFields,
  table: ['about', 'theme'],
  propose,
  row: (seen, { anchor, knownAt, asker }) => {
    const given = seen.at('feedback.given', anchor);
    if (!given || knownAt === undefined) return undefined;
    const { about, theme, comment } = given.data;
    const on = londonDate(knownAt);
    const own = given.own || given.source === asker.slug;
    return {
      about: known(about),
      theme: known(theme),
      comment: known(comment),
      quarter: quarterOf(on),
      month: on.slice(0, 7),
      saidOn: null,
      own,
    };
  },
  matches: () => true,
  order: () => 0,
});

export const spokenWithoutName = thingList<VoiceRow>({
  name: 'feedback/voices',
  says: 'What was said without a name.',
  view: feedbackThingsView,
  purposes: PURPOSES,
  items: { anchor: ['feedback.given'], beside: [] },
  filters: {},
  fields: voiceFields,
  table: ['about', 'theme'],
  propose: proposalsFrom({ view: feedbackThingsView, table: voices, order: ['said_on', 'voice'], anchor: 'voice' }),
  row: (seen, _, anchor) => {
    const given = seen.at('feedback.given', anchor);
    const saidOn = given?.toldOn;
    if (!given || saidOn === undefined) return undefined;
    const { about, theme, comment } = given.data;
    const quarter = quarterOf(saidOn);
    return {
      about: known(about),
      theme: known(theme),
      comment: known(comment),
      quarter,
      month: saidOn.slice(0, 7),
      saidOn,
      own: given.own,
    };
  },
  matches: () => true,
  order: () => 0,
});

export interface AnswerRow {
  readonly about: AgencySlug | null;
  readonly theme: string | null;
  readonly period: string | null;
  readonly by: AgencySlug | null;
  readonly on: IsoDate | null;
  readonly action: string | null;
}

export const answered = thingList<AnswerRow>({
  name: 'feedback/answers',
  says: 'What agencies answered.',
  view: feedbackThingsView,
  purposes: PURPOSES,
  items: { anchor: ['feedback.answered'], beside: [] },
  filters: {},
  fields: {
    about: text('Slug of the agency.'),
    theme: text('Theme.'),
    period: text('Period.'),
    by: text('Slug of the agency that answered.'),
    on: day('Day.'),
    action: text('What it does.'),
  },
  table: ['about', 'theme'],
  propose: proposalsFrom({ view: feedbackThingsView, table: answers, order: ['answered_on', 'answer'], anchor: 'answer' }),
  row: (seen, on, anchor) => {
    const told = seen.at('feedback.answered', anchor);
    if (!told || (told.toldOn ?? on) > on) return undefined;
    const { about, theme, period, action } = told.data;
    return {
      about: known(about),
      theme: known(theme),
      period: period === undefined ? null : String(period),
      by: known(told.source),
      on: known(told.toldOn),
      action: known(action),
    };
  },
  matches: () => true,
  order: () => 0,
});
