// What the rules of standing look at: whose words have effect, and since when (sharing-matrix.md, W2), and where the learner lives (W4).
import { oneCopy, oneCopyOfList, type Recorded } from '#contribution';
import type { AgencySlug, Instant, IsoDate, Revision } from '#kernel';
import type { Statement, Statements } from '../statements.ts';
import type { Areas, Circumstances } from './circumstances.ts';
import type { Assignment, Said, Ties } from './ties.ts';

// Whose words have effect, and up to which revision of the learner's stream (sharing-matrix.md, W2): kept small,
// since every learner has it.

/** How far an agency stands with a learner (W1): not; for its contributions; for residence, consent, rights and vouching too. */
export const NONE = 0;
export const PARTIAL = 1;
export const FULL = 2;
export type StandingLevel = typeof NONE | typeof PARTIAL | typeof FULL;

const NEVER: Revision = -1;

/** Each list has a place for each of the agencies. */
export interface Effects {
  readonly agencies: readonly AgencySlug[];
  /** Revision of the last that each said. */
  readonly said: readonly Revision[];
  /** What each said up to this revision has effect. */
  readonly partial: readonly Revision[];
  readonly full: readonly Revision[];
}

export const noEffects: Effects = { agencies: [], said: [], partial: [], full: [] };

const at = (list: readonly Revision[], place: number, revision: Revision): readonly Revision[] =>
  (list[place] ?? NEVER) >= revision ? list : list.with(place, revision);

const withAgency = (effects: Effects, agency: AgencySlug): Effects =>
  effects.agencies.includes(agency)
    ? effects
    : {
        agencies: oneCopyOfList([...effects.agencies, agency]),
        said: effects.said.concat(NEVER),
        partial: effects.partial.concat(NEVER),
        full: effects.full.concat(NEVER),
      };

const raised = (effects: Effects, agency: AgencySlug, revision: Revision, level: StandingLevel): Effects => {
  const place = effects.agencies.indexOf(agency);
  if (place < 0 || level === NONE) return effects;
  const partial = at(effects.partial, place, revision);
  return level === FULL ? { ...effects, partial, full: at(effects.full, place, revision) } : { ...effects, partial };
};

const levelOf = ({ notes }: Recorded): StandingLevel => {
  if (notes?.lacks === undefined) return FULL;
  return notes.lacks === 'rights' ? PARTIAL : NONE;
};

const said = (before: Effects, event: Recorded): Effects => {
  const source = oneCopy(event.source);
  const known = withAgency(before, source);
  const spoken = { ...known, said: at(known.said, known.agencies.indexOf(source), event.revision) };
  return raised(spoken, source, event.revision, levelOf(event));
};

const isEqual = (a: readonly Revision[], b: readonly Revision[]): boolean => a.every((revision, place) => revision === b[place]);

/** Where all that was said has effect, as it mostly does, one list says it. */
const shared = ({ agencies, said, partial, full }: Effects): Effects => {
  const heard = isEqual(said, partial) ? said : partial;
  return { agencies, said, partial: heard, full: isEqual(heard, full) ? heard : full };
};

/** Folds an event in, with what was noted to take effect with it. */
export const evolveEffects = (before: Effects, event: Recorded): Effects => {
  const { partial = [], full = [] } = event.notes?.effects ?? {};
  const heard = partial.reduce((effects, agency) => raised(effects, agency, event.revision, PARTIAL), said(before, event));
  return shared(full.reduce((effects, agency) => raised(effects, agency, event.revision, FULL), heard));
};

/** Whether what the agency said at that revision has effect at that level. */
export const hasEffect = ({ agencies, partial, full }: Effects, agency: AgencySlug, revision: Revision, level: StandingLevel): boolean => {
  const place = agencies.indexOf(agency);
  return place >= 0 && ((level === FULL ? full : partial)[place] ?? NEVER) >= revision;
};

/** What has effect at a level goes on as before, or all that was said before it did have that effect. */
const goesOn = (before: Effects, now: Effects, place: number): boolean =>
  [before.partial, before.full].every(
    (list, level) => list[place] === [now.partial, now.full][level]?.[place] || list[place] === before.said[place],
  );

const waits = ({ said, full }: Effects, place: number): boolean => (said[place] ?? NEVER) > (full[place] ?? NEVER);

/** Whether nothing that was said `before` has come to have effect since, and the same agencies wait as did. */
export const isHeardAsBefore = (before: Effects, now: Effects): boolean =>
  before.agencies === now.agencies &&
  before.said.every(
    (last, place) => last <= (now.said[place] ?? NEVER) && waits(before, place) === waits(now, place) && goesOn(before, now, place),
  );

/** Agencies that said something which has no, or no full, effect yet. */
export const waitingIn = (effects: Effects): readonly AgencySlug[] => {
  const { agencies, said, full } = effects;
  if (said.every((last, place) => last <= (full[place] ?? NEVER))) return [];
  return agencies.filter((_, place) => waits(effects, place));
};

/** Whether anything that the agency said has effect. */
export const wasHeard = ({ agencies, partial }: Effects, agency: AgencySlug): boolean => (partial[agencies.indexOf(agency)] ?? NEVER) >= 0;

// Where the learner lives, as far as somebody vouched for it (sharing-matrix.md, W4): nobody's own statement moves the learner to itself.

export interface Residence {
  /** Agencies in whose districts it lies, that are resident-area. */
  readonly agencies: ReadonlySet<AgencySlug>;
  /** Those that said themselves that the learner lives with them, which nobody confirmed. */
  readonly unconfirmed: ReadonlySet<AgencySlug>;
  /** When the learner moved away from whom. */
  readonly left: ReadonlyMap<AgencySlug, Instant>;
}

interface Asked {
  readonly areas: Areas;
  /** Whether the learner, or the data manager, confirmed that the learner lives in the agency's area. */
  readonly isConfirmed: (agency: AgencySlug) => boolean;
}

type Latest = ReadonlyMap<AgencySlug, string>;

/** Another agency's latest statement lies in the agency's districts. */
const isSaidByAnother = (agency: AgencySlug, latest: Latest, areas: Areas): boolean =>
  [...latest].some(([source, postcode]) => !areas.sameEntity(source, agency) && areas.covers(postcode).has(agency));

const moved = (before: Residence, statement: Statement, latest: Latest, { areas, isConfirmed }: Asked): Residence => {
  const { source, byLearner, at, postcode } = statement;
  const holds = (agency: AgencySlug): boolean =>
    byLearner ||
    !areas.sameEntity(source, agency) ||
    before.agencies.has(agency) ||
    isSaidByAnother(agency, latest, areas) ||
    isConfirmed(agency);
  const claimed = [...areas.covers(postcode)];
  const unconfirmed = claimed.filter((agency) => !holds(agency));
  // Until it is confirmed, the agencies of the former residence stay: nobody falls between two areas.
  const stay = unconfirmed.length > 0 ? [...before.agencies] : [];
  const agencies = new Set([...stay, ...claimed.filter(holds)]);
  const gone = [...before.agencies].filter((agency) => !agencies.has(agency));
  return { agencies, unconfirmed: new Set(unconfirmed), left: new Map([...before.left, ...gone.map((agency) => [agency, at] as const)]) };
};

/** `statements`: those with a postcode that have effect, in their order. */
export const residenceOf = (statements: readonly Statement[], asked: Asked): Residence => {
  let residence: Residence = { agencies: new Set(), unconfirmed: new Set(), left: new Map() };
  const latest = new Map<AgencySlug, string>();
  for (const statement of statements) {
    latest.set(statement.source, statement.postcode);
    residence = moved(residence, statement, latest, asked);
  }
  return residence;
};

// A learner's standings as the single rules look at them: what was said, and what is worked out of it so far.

/** What standing is judged on. */
export interface StandingState {
  readonly ties: Ties;
  readonly effects: Effects;
  readonly statements: Statements;
  /** Whose registration made the learner. */
  readonly founder: AgencySlug | undefined;
  /** Agencies that a live consent names by slug, with who recorded it; asked only where it matters. */
  readonly namedInConsents: (standing: StandingView) => readonly { readonly agency: AgencySlug; readonly said: Said }[];
}

export interface StandingView {
  readonly state: StandingState;
  readonly circumstances: Circumstances;
  readonly now: Instant;
  readonly today: IsoDate;
  readonly statements: readonly Statement[];
  readonly residence: Residence;
  /** Whether what was said has effect on anybody else: at level `FULL` for residence, consent, rights and vouching, else for all other. */
  counts(said: Said, level?: StandingLevel): boolean;
  /** Whether an adviser assignment had a ground once. */
  isGrounded(assignment: Pick<Assignment, 'grounded' | 'revision'>): boolean;
  /** Of one legal entity. */
  same(a: AgencySlug, b: AgencySlug): boolean;
  isResident(agency: AgencySlug): boolean;
  /** Providers where the learner is enrolled, counted or not, or walked in, whose link adviser is the agency's. */
  linkedProviders(agency: AgencySlug): readonly AgencySlug[];
  /** How far the agency stands now (W1). */
  levelOf(agency: AgencySlug): StandingLevel;
}
