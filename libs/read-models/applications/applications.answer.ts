// One application: to the places chosen their own part of it, to the broker of the area and the sender all (views.md, S8).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  alike,
  known,
  chosenBy,
  compareDays,
  orNull,
  type PersonRow,
  personIn,
  type RowAt,
  type SeenItem,
  type SeenItems,
} from '../lists/index.ts';

export const APPLICATION_STATES = ['unanswered', 'offered', 'placed', 'unplaced'] as const;
export const ANSWERS = ['none', 'offered', 'accepted', 'declined'] as const;
const ANSWER_DAYS = 28;

export interface ChoiceRow {
  readonly rank: number | null;
  readonly agency: AgencySlug | null;
  readonly provision: string | null;
  readonly answer: (typeof ANSWERS)[number];
}

export interface PlacedRow {
  readonly agency: AgencySlug | null;
  readonly provision: string | null;
  readonly startsOn: IsoDate | null;
}

export interface ApplicationRow extends PersonRow {
  readonly dateOfBirth: IsoDate | null;
  readonly applicationId: string | null;
  readonly cohort: string | null;
  readonly submittedOn: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly choices: readonly ChoiceRow[];
  readonly placed: PlacedRow | null;
  readonly state: (typeof APPLICATION_STATES)[number];
  readonly due: IsoDate | null;
  readonly overdue: boolean;
}

type Submitted = SeenItem<'application.submitted'>;
type Choice = NonNullable<Submitted['data']['choices']>[number];

/** Of one submitted again the last counts. */
export const applicationRow = (seen: SeenItems, at: RowAt): ApplicationRow | undefined => {
  const submitted = seen.at('application.submitted', at.anchor);
  if (!submitted) return undefined;
  const { applicationId } = submitted.data;
  const again = seen
    .of('application.submitted')
    .some(({ source, data, place }) => source === submitted.source && data.applicationId === applicationId && place > submitted.place);
  return again ? undefined : rowOf(seen, at, submitted);
};

const rowOf = (seen: SeenItems, { on, asker }: RowAt, submitted: Submitted): ApplicationRow => {
  const { data, toldOn: submittedOn = on, source } = submitted;
  const choices = choicesIn(seen, submitted, { on, isRanked: submitted.own || asker.roles.includes('local-authority') });
  const placed = placedIn(seen, submitted, on);
  const state = stateOf(choices, placed);
  const due = addDays(submittedOn, ANSWER_DAYS);
  return {
    ...personIn(seen),
    ...orNull(seen.identity, 'dateOfBirth'),
    applicationId: known(data.applicationId),
    cohort: cohortIn(data.choices),
    submittedOn,
    by: known(source),
    choices,
    placed,
    state,
    due,
    overdue: placed === null && due < on && choices.some(({ answer }) => answer === 'none'),
  };
};

const choicesIn = (
  seen: SeenItems,
  submitted: Submitted,
  { on, isRanked }: { readonly on: IsoDate; readonly isRanked: boolean },
): readonly ChoiceRow[] =>
  (submitted.data.choices ?? []).map((choice, place) => ({
    rank: isRanked ? place + 1 : null,
    ...orNull(choice, 'agency', 'provision'),
    answer: answerTo(seen, { submitted, choice, on }),
  }));

/** The year in which the first place with a day begins. */
const cohortIn = (choices: readonly Choice[] = []): string | null => {
  const [first] = choices.flatMap(({ startsOn }) => startsOn ?? []);
  return first === undefined ? null : first.slice(0, 4);
};

interface Asked {
  readonly submitted: Submitted;
  readonly choice: Choice;
  readonly on: IsoDate;
}

/** Ids are their senders' own: two may call an application alike. */
const isNaming = (
  { applicationId, of }: { readonly applicationId?: string; readonly of?: AgencySlug },
  { data, source }: Submitted,
): boolean => applicationId !== undefined && applicationId === data.applicationId && (of === undefined || of === source);

/** Where the agency was chosen once, an offer to this application is for that choice, whatever it calls the provision. */
const isFor = ({ data }: SeenItem<'offer.made'>, { submitted, choice: { agency, provision } }: Asked): boolean => {
  const { choices = [] } = submitted.data;
  const isNamed = isNaming(data, submitted);
  const isOnlyOne = choices.filter((one) => one.agency === agency).length === 1;
  return (isNamed && isOnlyOne) || (provision !== undefined && alike(data.provision) === alike(provision));
};

/** The last that this agency said of such an offer; of one taken back nothing counts. */
const answerTo = (seen: SeenItems, asked: Asked): ChoiceRow['answer'] => {
  const isTold = ({ source, toldOn = asked.on }: Pick<Submitted, 'source' | 'toldOn'>): boolean =>
    source === asked.choice.agency && toldOn <= asked.on;
  const offers = seen.of('offer.made').filter((one) => isTold(one) && isFor(one, asked));
  const ids = new Set(offers.map(({ data }) => data.offerId));
  const answers = (['accepted', 'declined'] as const).flatMap((answer) =>
    seen
      .of(`offer.${answer}`)
      .filter((one) => isTold(one) && ids.has(one.data.offerId))
      .map(({ place }) => ({ answer, place })),
  );
  const told = [...offers.map(({ place }) => ({ answer: 'offered' as const, place })), ...answers];
  return told.sort((one, other) => one.place - other.place).at(-1)?.answer ?? 'none';
};

const placedIn = (seen: SeenItems, submitted: Submitted, on: IsoDate): PlacedRow | null => {
  const placed = seen
    .of('application.placed')
    .filter(({ data, toldOn = on }) => isNaming(data, submitted) && toldOn <= on)
    .at(-1);
  const [choice] = placed?.data.choices ?? [];
  return choice ? orNull(choice, 'agency', 'provision', 'startsOn') : null;
};

const stateOf = (choices: readonly ChoiceRow[], placed: PlacedRow | null): ApplicationRow['state'] => {
  if (placed) return 'placed';
  if (choices.some(({ answer }) => answer === 'offered' || answer === 'accepted')) return 'offered';
  return choices.length > 0 && choices.every(({ answer }) => answer === 'declined') ? 'unplaced' : 'unanswered';
};

export const isChosen = chosenBy<ApplicationRow>({
  state: ({ state }, value) => state === value,
  cohort: ({ cohort }, value) => cohort === value,
  agency: ({ choices }, value) => choices.some(({ agency }) => agency === value),
});

export const applicationOrder = (one: ApplicationRow, other: ApplicationRow): number => compareDays(one.submittedOn, other.submittedOn);
