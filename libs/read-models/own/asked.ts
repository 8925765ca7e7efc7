// What the learner asked agencies and complained about, and what came of it (console.md, 4.4; Data (Use and Access) Act 2025, s.103).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { code, day, type FieldsOf, flag, groups, isPast, orNull, type SeenItem, type SeenItems, text } from '../lists/index.ts';
import { ownPage, type OwnTerms } from './own-page.ts';

interface AnswerRow {
  readonly text: string | null;
  readonly on: IsoDate | null;
  readonly from: AgencySlug | null;
}

interface ThreadRow {
  readonly id: string | null;
  readonly about: AgencySlug | null;
  readonly regarding: string | null;
  readonly text: string | null;
  readonly on: IsoDate | null;
  readonly answers: readonly AnswerRow[];
}

interface QuestionRow extends ThreadRow {
  readonly state: 'waiting' | 'answered';
}

interface ComplaintRow extends ThreadRow {
  readonly state: 'waiting' | 'acknowledged' | 'answered';
  readonly acknowledgedOn: IsoDate | null;
  readonly answerBy: IsoDate | null;
  readonly overdue: boolean;
}

const answerFields: FieldsOf<AnswerRow> = {
  text: text('What was answered.'),
  on: day('Day.'),
  from: text('Slug of the agency.'),
};

const threadFields: FieldsOf<ThreadRow> = {
  id: text('Its id, as it was given when it was sent.'),
  about: text('Slug of the agency asked.'),
  regarding: text('What it is about.'),
  text: text('What the learner wrote.'),
  on: day('Day on which it was sent.'),
  answers: groups<AnswerRow>('Answers, the first first.', answerFields),
};

type Answer = SeenItem<'question.answered'> | SeenItem<'complaint.answered'> | SeenItem<'complaint.acknowledged'>;
type Asked = SeenItem<'question.asked'> | SeenItem<'complaint.made'>;

const answerRow = ({ data, toldOn, source }: Answer): AnswerRow => ({ ...orNull(data, 'text'), on: toldOn ?? null, from: source ?? null });

/** Only whoever was asked answers. */
const toIt = <One extends Answer>(answers: readonly One[], asked: Asked, id: string | undefined, idOf: (one: One) => string | undefined) =>
  answers.filter((one) => one.source === asked.data.about && idOf(one) === id);

const threadOf = (asked: Asked, id: string | undefined, answers: readonly Answer[]): ThreadRow => ({
  id: id ?? null,
  ...orNull(asked.data, 'about', 'regarding', 'text'),
  on: asked.toldOn ?? null,
  answers: answers.map(answerRow),
});

interface Questions {
  readonly rows: readonly QuestionRow[];
}

const questionsIn = (seen: SeenItems): Questions => ({
  rows: seen.of('question.asked').map((asked): QuestionRow => {
    const { questionId: id } = asked.data;
    const answers = toIt(seen.of('question.answered'), asked, id, ({ data }) => data.questionId);
    return { ...threadOf(asked, id, answers), state: answers.length > 0 ? 'answered' : 'waiting' };
  }),
});

export const ownQuestions = ownPage<Questions>({
  name: 'own-questions',
  path: 'questions',
  says: 'What the learner asked agencies about the own record, and what they answered.',
  items: { types: ['question.asked', 'question.answered'] },
  fields: {
    rows: groups<QuestionRow>('In the order in which they were asked.', {
      ...threadFields,
      state: code(['waiting', 'answered'], 'Whether it was answered.'),
    }),
  },
  content: questionsIn,
});

interface Complaints {
  readonly rows: readonly ComplaintRow[];
}

/** Where the agency named no day of its own. */
const ANSWERED_WITHIN_DAYS = 42;

const stateOf = (acknowledged: readonly unknown[], answered: readonly unknown[]): ComplaintRow['state'] => {
  if (answered.length > 0) return 'answered';
  return acknowledged.length > 0 ? 'acknowledged' : 'waiting';
};

const complaintsIn = (seen: SeenItems, { on }: OwnTerms): Complaints => ({
  rows: seen.of('complaint.made').map((made): ComplaintRow => {
    const { complaintId: id } = made.data;
    const acknowledged = toIt(seen.of('complaint.acknowledged'), made, id, ({ data }) => data.complaintId);
    const answered = toIt(seen.of('complaint.answered'), made, id, ({ data }) => data.complaintId);
    const promised = [...acknowledged, ...answered].findLast(({ data }) => data.due !== undefined)?.data.due;
    const answerBy = promised ?? (made.toldOn === undefined ? null : addDays(made.toldOn, ANSWERED_WITHIN_DAYS));
    const state = stateOf(acknowledged, answered);
    return {
      ...threadOf(made, id, answered),
      state,
      acknowledgedOn: acknowledged[0]?.toldOn ?? null,
      answerBy,
      overdue: state !== 'answered' && isPast(answerBy, on),
    };
  }),
});

export const ownComplaints = ownPage<Complaints>({
  name: 'own-complaints',
  path: 'complaints',
  says: 'What the learner complained about, whether it was acknowledged and answered, and by when it is to be.',
  items: { types: ['complaint.made', 'complaint.acknowledged', 'complaint.answered'] },
  fields: {
    rows: groups<ComplaintRow>('In the order in which they were made.', {
      ...threadFields,
      state: code(['waiting', 'acknowledged', 'answered'], 'What came of it.'),
      acknowledgedOn: day('Day on which the agency said that it has it.'),
      answerBy: day('By when it is answered: as the agency said, else 42 days.'),
      overdue: flag('Whether that day is past and there is no answer.'),
    }),
  },
  content: complaintsIn,
});
