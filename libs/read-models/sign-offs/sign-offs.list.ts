// Programmes that advisers sign, version by version (views.md, S6; E2E p. 13).
import { ADVISERS } from '#duties';
import type { AgencySlug, IsoDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  code,
  day,
  daysFirst,
  flag,
  group,
  isPast,
  known,
  list,
  orNull,
  ownAnchors,
  proposeAnchors,
  rankedBy,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { isRunning, programmeOf, SIGN_OFF_STATES, type SignOff, signOffOf, type SignOffRow } from '../states/index.ts';

interface Signer {
  readonly name: string | null;
  readonly role: string | null;
}

interface SignOffsRow extends SignOffRow {
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly startedOn: IsoDate | null;
  readonly version: string | null;
  readonly agreedOn: IsoDate | null;
  readonly signedBy: Signer | null;
  readonly onBehalfOf: string | null;
  readonly signedOn: IsoDate | null;
  readonly queriedReason: string | null;
  readonly overdue: boolean;
}

const anchors = anchorsOf('sign-offs', 1, { 'programme.started': ({ startedOn }) => startedOn });

/** Pupils' courses are no affair of an adviser's signature. */
const rowOf = (seen: SeenItems, at: RowAt): SignOffsRow | undefined => {
  const { on } = at;
  const started = seen.at('programme.started', at.anchor);
  if (!started || started.data.kind === 'school-course') return undefined;
  const programme = programmeOf(seen, started, on);
  const { of, programmeId, startedOn } = programme;
  const found = signOffOf(seen, programme, at);
  // Nobody signs what is over.
  const overdue = found !== undefined && found.state !== 'signed' && isRunning(programme) && isPast(found.due, on);
  return found && { of, programmeId, startedOn, ...saidOf(found), overdue };
};

const saidOf = ({ state, due, agreed, signed, queried }: SignOff): Omit<SignOffsRow, 'of' | 'programmeId' | 'startedOn' | 'overdue'> => ({
  ...agreedIn(agreed),
  state,
  signedBy: signed?.data.signedBy ? orNull(signed.data.signedBy, 'name', 'role') : null,
  ...orNull(signed?.data, 'onBehalfOf', 'signedOn'),
  queriedReason: known(queried?.data.reason),
  due,
});

const agreedIn = (agreed: SignOff['agreed']): Pick<SignOffsRow, 'version' | 'agreedOn'> => {
  const { version } = agreed?.data ?? {};
  return { version: version === undefined ? null : String(version), agreedOn: known(agreed?.toldOn) };
};

export const signOffs = list<SignOffsRow>({
  name: 'sign-offs',
  says: 'Programmes, and whether the adviser has signed the version that is agreed.',
  view: anchors.view,
  purposes: ['support-learner', 'deliver-programme'],
  items: {
    anchor: ['programme.started'],
    beside: ['programme.agreed', 'programme.queried', 'programme.signed-off', 'programme.left-early', 'programme.moved-on', ...ADVISERS],
  },
  filters: {
    state: { says: 'Whether it is signed.', codes: SIGN_OFF_STATES },
    provider: { says: 'Slug of the agency that runs the programme.' },
    from: { says: 'Started on that day or later.', period: 'day' },
    to: { says: 'Started on that day or before.', period: 'day' },
  },
  fields: {
    of: text('Slug of the agency that runs the programme.'),
    programmeId: text('Its id for the programme.'),
    startedOn: day('First day.'),
    version: text('The version agreed last.'),
    agreedOn: day('Day on which it was.'),
    state: code(SIGN_OFF_STATES, 'Agreed anew: another version was agreed since it was signed.'),
    signedBy: group<Signer>('Who signed last.', { name: text('Name.'), role: text('Role.') }),
    onBehalfOf: text('For whom a link adviser signed.'),
    signedOn: day('Day on which it was signed.'),
    queriedReason: text('Why it was queried, as long as nobody has answered.'),
    due: day('Last day to sign: later, where it passed to another agency.'),
    overdue: flag('Whether that day has passed, of a programme that goes on.'),
  },
  table: ['of', 'programmeId', 'startedOn', 'version', 'state', 'signedOn', 'due'],
  propose: proposeAnchors(anchors),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<SignOffsRow>({ state: ({ state }, value) => state === value, provider: ({ of }, value) => of === value }),
  ...rankedBy(({ due, startedOn }) => daysFirst(due, startedOn)),
});
