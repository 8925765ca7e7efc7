// Whose words have effect, and up to which revision of the learner's stream (sharing-matrix.md, W2): kept small,
// since every learner has it.
import { oneCopy, oneCopyOfList, type Recorded } from '#contribution';
import type { AgencySlug, Revision } from '#kernel';

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
