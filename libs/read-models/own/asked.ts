// What the learner asked agencies and complained about, and what came of it (console.md, 4.4; Data (Use and Access) Act 2025, s.103).
import { answerClock, type AnswerClock, THREAD_STATES, type ThreadSoFar, type ThreadState } from '#duties';
import type { AgencySlug, IsoDate } from '#kernel';
import { code, day, type FieldsOf, flag, groups, orNull, type SeenItem, type SeenItems, text } from '../lists/index.ts';
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
  readonly answerBy: IsoDate | null;
  readonly overdue: boolean;
}

interface QuestionRow extends ThreadRow {
  readonly state: Exclude<ThreadState, 'acknowledged'>;
}

interface ComplaintRow extends ThreadRow {
  readonly state: ThreadState;
  readonly acknowledgedOn: IsoDate | null;
  /** What the agency wrote when it said that it has it. */
  readonly acknowledgement: string | null;
  readonly acknowledgeBy: IsoDate | null;
  readonly due: IsoDate | null;
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
  answerBy: day('By when it is answered: 42 days, or earlier where the agency said so.'),
  overdue: flag('Whether the day of what comes next is past.'),
};

type Answer = SeenItem<'question.answered'> | SeenItem<'complaint.answered'> | SeenItem<'complaint.acknowledged'>;
type Asked = SeenItem<'question.asked'> | SeenItem<'complaint.made'>;

const answerRow = ({ data, toldOn, source }: Answer): AnswerRow => ({ ...orNull(data, 'text'), on: toldOn ?? null, from: source ?? null });

/** Only whoever was asked answers. */
const toIt = <One extends Answer>(answers: readonly One[], asked: Asked, id: string | undefined, idOf: (one: One) => string | undefined) =>
  answers.filter((one) => one.source === asked.data.about && idOf(one) === id);

const threadOf = (asked: Asked, id: string | undefined, answers: readonly Answer[]): Omit<ThreadRow, 'answerBy' | 'overdue'> => ({
  id: id ?? null,
  ...orNull(asked.data, 'about', 'regarding', 'text'),
  on: asked.toldOn ?? null,
  answers: answers.map(answerRow),
});

/** Undefined where it is not told when it was asked. */
const clockOf = (asked: Asked, soFar: Omit<ThreadSoFar, 'askedOn'>, on: IsoDate): AnswerClock | undefined =>
  asked.toldOn === undefined ? undefined : answerClock({ ...soFar, askedOn: asked.toldOn }, on);

const daysOf = ({ answerBy, overdue }: Partial<AnswerClock> = {}): Pick<ThreadRow, 'answerBy' | 'overdue'> => ({
  answerBy: answerBy ?? null,
  overdue: overdue ?? false,
});

const promisedIn = (answers: readonly Answer[]): IsoDate | undefined => answers.findLast(({ data }) => data.due !== undefined)?.data.due;

interface Questions {
  readonly rows: readonly QuestionRow[];
}

const questionsIn = (seen: SeenItems, { on }: OwnTerms): Questions => ({
  rows: seen.of('question.asked').map((asked): QuestionRow => {
    const { questionId: id } = asked.data;
    const answers = toIt(seen.of('question.answered'), asked, id, ({ data }) => data.questionId);
    const answered = answers.length > 0;
    const clock = clockOf(asked, { kind: 'question', acknowledged: false, answered, promised: promisedIn(answers) }, on);
    return { ...threadOf(asked, id, answers), ...daysOf(clock), state: answered ? 'answered' : 'waiting' };
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

const stateOf = (acknowledged: boolean, answered: boolean): ThreadState => {
  if (answered) return 'answered';
  return acknowledged ? 'acknowledged' : 'waiting';
};

type Acknowledged = Pick<ComplaintRow, 'acknowledgedOn' | 'acknowledgement'>;

const acknowledgedIn = (first: SeenItem<'complaint.acknowledged'> | undefined): Acknowledged => ({
  acknowledgedOn: first?.toldOn ?? null,
  acknowledgement: first?.data.text ?? null,
});

const nextIn = ({ acknowledgeBy, due }: Partial<AnswerClock> = {}): Pick<ComplaintRow, 'acknowledgeBy' | 'due'> => ({
  acknowledgeBy: acknowledgeBy ?? null,
  due: due ?? null,
});

const complaintRow = (seen: SeenItems, made: SeenItem<'complaint.made'>, on: IsoDate): ComplaintRow => {
  const { complaintId: id } = made.data;
  const acknowledgements = toIt(seen.of('complaint.acknowledged'), made, id, ({ data }) => data.complaintId);
  const answers = toIt(seen.of('complaint.answered'), made, id, ({ data }) => data.complaintId);
  const [acknowledged, answered] = [acknowledgements.length > 0, answers.length > 0];
  const promised = promisedIn([...acknowledgements, ...answers]);
  const clock = clockOf(made, { kind: 'complaint', acknowledged, answered, promised }, on);
  return {
    ...{ ...threadOf(made, id, answers), ...daysOf(clock), state: stateOf(acknowledged, answered) },
    ...{ ...acknowledgedIn(acknowledgements[0]), ...nextIn(clock) },
  };
};

const complaintsIn = (seen: SeenItems, { on }: OwnTerms): Complaints => ({
  rows: seen.of('complaint.made').map((made) => complaintRow(seen, made, on)),
});

export const ownComplaints = ownPage<Complaints>({
  name: 'own-complaints',
  path: 'complaints',
  says: 'What the learner complained about, whether it was acknowledged and answered, and by when it is to be.',
  items: { types: ['complaint.made', 'complaint.acknowledged', 'complaint.answered'] },
  fields: {
    rows: groups<ComplaintRow>('In the order in which they were made.', {
      ...threadFields,
      state: code(THREAD_STATES, 'What came of it.'),
      acknowledgedOn: day('Day on which the agency said that it has it.'),
      acknowledgement: text('What it wrote then.'),
      acknowledgeBy: day('By when it says that it has it: 30 days.'),
      due: day('The last day of what comes next, to say that it has it or to answer; none once it is answered.'),
    }),
  },
  content: complaintsIn,
});
