// What young people say of an agency, once so many spoke in a quarter that none stands out (views.md, S21): all of it together when the
// quarter is over, in an order that tells nothing, with the month alone.
import { createHash } from 'node:crypto';
import { dutyTerms } from '#duties';
import type { AgencySlug, IsoDate } from '#kernel';
import { alike, daysBetween, lastDayOf, type SourceRow, type WorkedOutRow, type WorkingOut } from '../lists/index.ts';
import { termDue, type TermsAt } from '../states/index.ts';
import { answered, type AnswerRow, spokenWithoutName, type VoiceRow } from './feedback.sources.ts';

/** Voices, other than those that the asker itself recorded, before any is heard. */
const ENOUGH_VOICES = 6;
/** The duty of whom it concerns, with the term that holds where no agreement in force asks for it. */
const ANSWER = { duty: 'answer-feedback', usual: 'P42D' } as const;

export interface CommentRow {
  readonly month: string;
  readonly text: string;
}

export interface GivenAnswer {
  readonly by: AgencySlug | null;
  readonly on: IsoDate | null;
  readonly action: string | null;
}

export interface FeedbackRow {
  readonly about: AgencySlug | null;
  readonly theme: string | null;
  readonly quarter: string;
  readonly comments: readonly CommentRow[];
  readonly answers: readonly GivenAnswer[];
  readonly due: IsoDate;
  readonly answeredInDays: number | null;
  readonly overdue: boolean;
}

interface Voice {
  readonly said: VoiceRow;
  /** Whoever spoke; of those not named, one a day and theme. */
  readonly who: string;
  readonly of: readonly SourceRow[];
}

const themeOf = ({ theme }: Pick<VoiceRow, 'theme'>): string => alike(theme);

const voicesIn = ({ rows, things }: WorkingOut): readonly Voice[] => {
  const named = rows.map((row): Voice => ({ said: row.row as unknown as VoiceRow, who: `learner ${row.learner ?? ''}`, of: [row] }));
  const unnamed = (things.get(spokenWithoutName.name) ?? []) as unknown as readonly VoiceRow[];
  return [...named, ...unnamed.map((said): Voice => ({ said, who: `day ${said.saidOn ?? ''} ${themeOf(said)}`, of: [] }))];
};

const grouped = (voices: readonly Voice[], nameOf: (said: VoiceRow) => readonly (string | null)[]): readonly (readonly Voice[])[] => {
  const groups = new Map<string, Voice[]>();
  for (const voice of voices) {
    const name = JSON.stringify(nameOf(voice.said));
    groups.set(name, [...(groups.get(name) ?? []), voice]);
  }
  return [...groups.values()];
};

/** Those of an agency and a quarter that is over, by the day that is asked about and by today's, where so many spoke. */
const isHeard = ({ on, today }: WorkingOut): ((voices: readonly Voice[]) => boolean) => {
  const last = on < today ? on : today;
  const isOver = ({ said }: Voice): boolean => lastDayOf(said.quarter) < last;
  return (voices) => voices.every(isOver) && new Set(voices.map(({ who }) => who)).size >= ENOUGH_VOICES;
};

export const feedbackRows = (found: WorkingOut): readonly WorkedOutRow<FeedbackRow>[] => {
  const { on, chosen, things, agreements } = found;
  const partnership = { duties: dutyTerms(agreements.versions) };
  const given = (things.get(answered.name) ?? []) as unknown as readonly AnswerRow[];
  const others = voicesIn(found).filter(({ said }) => !said.own);
  return grouped(others, ({ about, quarter }) => [about, quarter])
    .filter(isHeard(found))
    .flatMap((voices) => grouped(voices, (said) => [themeOf(said)]))
    .flatMap(([first, ...more]) =>
      first ? [{ row: rowOf(first, more, { given, on, partnership }), of: [first, ...more].flatMap(({ of }) => of) }] : [],
    )
    .filter(({ row }) => isChosen(row, chosen))
    .toSorted((one, other) => feedbackOrder(one.row, other.row));
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const rowOf = (
  first: Voice,
  more: readonly Voice[],
  { given, on, partnership }: TermsAt & { readonly given: readonly AnswerRow[]; readonly on: IsoDate },
): FeedbackRow => {
  const { about, theme, quarter } = first.said;
  const comments = [first, ...more].flatMap(({ said: { comment, month } }) => (comment === null ? [] : [{ month, text: comment }]));
  const answers = given.filter((one) => one.about === about && themeOf(one) === themeOf(first.said) && isPeriodOf(one.period, quarter));
  const end = lastDayOf(quarter);
  const due = termDue({ partnership }, { ...ANSWER, from: end });
  const [answeredOn] = answers.flatMap((one) => one.on ?? []).toSorted();
  return {
    about,
    theme,
    quarter,
    comments: comments.toSorted((one, other) => hashOf(one.text).localeCompare(hashOf(other.text))),
    answers: answers.map(({ by, on: day, action }) => ({ by, on: day, action })),
    due,
    answeredInDays: answeredOn === undefined ? null : Math.max(0, daysBetween(end, answeredOn)),
    overdue: answeredOn === undefined && due < on,
  };
};

/** An answer to a year is one to each of its quarters. */
export const isPeriodOf = (period: string | null, quarter: string): boolean => period === quarter || period === quarter.slice(0, 4);

const isChosen = ({ about, theme, quarter }: FeedbackRow, chosen: WorkingOut['chosen']): boolean =>
  (chosen['about'] ?? about) === about &&
  (chosen['quarter'] ?? quarter) === quarter &&
  (chosen['theme'] === undefined || alike(chosen['theme']) === alike(theme));

const feedbackOrder = (one: FeedbackRow, other: FeedbackRow): number =>
  other.quarter.localeCompare(one.quarter) ||
  (one.theme ?? '').localeCompare(other.theme ?? '') ||
  (one.about ?? '').localeCompare(other.about ?? '');
