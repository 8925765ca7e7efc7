// What rules of data quality look at: of each event days, codes and ids, and nothing that anybody wrote (views.md, S16). The view keeps
// facts of what was recorded, a row makes them anew of what the gate let through.
import { type CatalogueData, shippedCodes, type ShortType } from '#catalogue';
import type { AgencySlug, IsoDate, Revision } from '#kernel';
import { awardName } from '../documents/index.ts';
import { thingName } from '../lists/index.ts';
import { provisionWord } from '../provision/index.ts';
import { activityIn, destinationIn, lapseOf } from '../states/index.ts';

export interface Fact {
  /** Of the event in the learner's stream. */
  readonly place: Revision;
  readonly type: ShortType;
  readonly source: AgencySlug;
  /** Fingerprint of the id by which its source names what it is about. */
  readonly thing: string | null;
  readonly day: IsoDate | null;
  readonly until: IsoDate | null;
  readonly code: string | null;
  /** On which it was asked what the learner does. */
  readonly verified: IsoDate | null;
}

type Told = Omit<Fact, 'place' | 'type' | 'source'>;
/** As a clause cuts it down: any field may be missing. */
type Readers = { readonly [Type in ShortType]?: (data: Partial<CatalogueData[Type]>, toldOn: IsoDate) => Partial<Told> };

const FOURTEEN = 14;

const birthday14 = (born: IsoDate | undefined): IsoDate | null =>
  born === undefined ? null : `${Number(born.slice(0, 4)) + FOURTEEN}${born.slice(4)}`;

const named = (id: string | undefined): string | null => (id === undefined ? null : thingName(id));

/** Words of `code` of a statement of identity: what it gives. */
export const [GIVES_ULN, GIVES_POSTCODE] = ['uln', 'postcode'] as const;

type Stated = Partial<CatalogueData['learner.registered'] & CatalogueData['learner.corrected']>;

const identity = ({ dateOfBirth, uln, postcode }: Stated, toldOn: IsoDate): Partial<Told> => ({
  day: birthday14(dateOfBirth),
  until: toldOn,
  code: [...(uln === undefined ? [] : [GIVES_ULN]), ...(postcode === undefined ? [] : [GIVES_POSTCODE])].join(' '),
});

/** Of what is in no group nothing is told where codes are coarse, and of what is withheld neither: then it is not known to be unknown. */
export const NO_SUCH_CODE = 'no-such-code';

const groupOf = ({ code, group }: { readonly code: string | null; readonly group: string | null }): string | null =>
  group ?? (code === null ? null : NO_SUCH_CODE);

let levels: ReadonlySet<string> | undefined;

/** Levels are open text, which nothing is reckoned with that is none of the table (views.md, V18). */
const levelOf = (level: string | undefined): string | null => {
  levels ??= new Set(shippedCodes()['assessment-levels'].codes.map(({ code }) => code));
  return level === undefined || levels.has(level) ? null : NO_SUCH_CODE;
};

/** Of the September in which a place begins: an offer for anything else counts in no list of the Guarantee. */
const COHORT = /^20\d\d$/;

const READERS: Readers = {
  'learner.registered': identity,
  'learner.corrected': identity,
  'programme.started': ({ programmeId, startedOn, kind }) => ({ thing: named(programmeId), day: startedOn ?? null, code: kind ?? null }),
  'programme.left-early': ({ programmeId, leftOn }) => ({ thing: named(programmeId), day: leftOn ?? null }),
  'programme.moved-on': (data) => ({ thing: named(data.programmeId), day: data.on ?? null, code: groupOf(destinationIn(data)) }),
  'destination.recorded': (data) => ({
    day: data.from ?? null,
    until:
      data.activity === undefined || data.verifiedOn === undefined
        ? null
        : lapseOf(data.activity, { verifiedOn: data.verifiedOn, until: data.until }),
    code: groupOf(activityIn(data)),
    verified: data.verifiedOn ?? null,
  }),
  'review.held': ({ programmeId, heldOn }) => ({ thing: named(programmeId), day: heldOn ?? null }),
  'referral.made': ({ to }) => ({ code: to ?? null }),
  'assessment.recorded': ({ assessedOn, validUntil }) => ({ day: assessedOn ?? null, until: validUntil ?? null }),
  'achievement.recorded': (data) => ({
    thing: data.title === undefined ? null : thingName(awardName(data)),
    day: data.awardedOn ?? null,
    code: levelOf(data.level),
  }),
  'endorsement.given': ({ expectedLevel }) => ({ code: levelOf(expectedLevel) }),
  'offer.made': ({ cohort }) => ({ code: cohort === undefined || COHORT.test(cohort) ? null : NO_SUCH_CODE }),
  'application.submitted': ({ applicationId, choices }) => ({
    thing: named(applicationId),
    code: (choices ?? []).map(({ agency, provision: text }) => provisionWord(agency, text)).join(' '),
  }),
};

/** Short types of events that rules look at. */
export const FACT_TYPES = Object.keys(READERS) as readonly ShortType[];

const NOTHING_TOLD: Told = { thing: null, day: null, until: null, code: null, verified: null };

/** Undefined of types that no rule looks at. */
export const factOf = (at: Pick<Fact, 'place' | 'type' | 'source'>, data: object, toldOn: IsoDate): Fact | undefined => {
  const read = READERS[at.type] as ((data: object, toldOn: IsoDate) => Partial<Told>) | undefined;
  return read && { ...at, ...NOTHING_TOLD, ...read(data, toldOn) };
};
