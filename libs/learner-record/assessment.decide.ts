// Captured once (invariant 4): whether an assessment repeats one that exists, as far as its sender may know.
import type { AssessmentRecorded, Framework } from '#catalogue';
import { type AgencySlug, caseless, type IsoDate, type Revision } from '#kernel';
import { accepted, type Contribution, type Notes, type Outcome, type Rejected } from '#contribution';
import { type Assessment, assessmentsOf, validUntil } from './items.ts';
import { asItem, before, isRejected, meant, namingIn, noteOwner, ownThing, taken, unknown, type View } from './references.ts';

type Key = Pick<AssessmentRecorded, 'framework' | 'domain'>;

const EDGES = /^[\s\p{P}]+|[\s\p{P}]+$/gu;
const FORMAT = /\p{Cf}+/gu;

/** As free text is compared: NFKC, without case, format characters, outer spaces and punctuation (contracts.md). */
export const folded = (domain: string | undefined): string | undefined =>
  domain && caseless(domain.normalize('NFKC').replace(FORMAT, '')).normalize('NFKC').replace(EDGES, '');

/** Natural key within one learner. */
const hasKey = ({ item }: Assessment, { framework, domain }: Key): boolean =>
  item.facts['framework'] === framework && folded(item.facts['domain']) === folded(domain);

/** Superseded ones are current no more. One apart exists for its source alone. */
const countsFor = ({ status, apart, source }: Assessment, sender: AgencySlug): boolean =>
  status !== 'superseded' && (!apart || source === sender);

/** An assessment of that day repeats the existing one. */
const isWithin = (existing: Assessment, assessedOn: IsoDate): boolean =>
  existing.assessedOn <= assessedOn && assessedOn <= validUntil(existing);

/** The one assessed last, and of those the one recorded last; undefined where there is none. */
const latest = (assessments: readonly Assessment[]): Assessment | undefined =>
  assessments.reduce<Assessment | undefined>(
    (last, one) => (last === undefined || one.assessedOn >= last.assessedOn ? one : last),
    undefined,
  );

// Records an assessment, or meets it with the one that exists (contracts.md, Natural key; docs/adr/0008).

/** What the sender is told of the assessment that exists. */
export interface ExistingAssessment {
  readonly assessmentId: string;
  readonly framework: Framework;
  readonly domain: string;
  readonly assessedOn: IsoDate;
  readonly validUntil: IsoDate;
}

export interface AlreadyCaptured {
  readonly outcome: 'already-captured';
  readonly existing: ExistingAssessment;
  /** Where the existing one is in the learner's stream: the broker's own knowledge. */
  readonly revision: Revision;
  /** The sender may read its content. */
  readonly readable: boolean;
}

type NewAssessment = Contribution<'assessment.recorded'>;

const isOwn = ({ source }: Assessment, contribution: NewAssessment): boolean => source === contribution.source;

const existingOf = (assessment: Assessment): ExistingAssessment => ({
  assessmentId: assessment.id,
  framework: assessment.item.facts['framework'] as Framework,
  domain: assessment.item.facts['domain'] ?? '',
  assessedOn: assessment.assessedOn,
  validUntil: validUntil(assessment),
});

const captured = (existing: Assessment, contribution: NewAssessment, view: View): AlreadyCaptured => ({
  outcome: 'already-captured',
  existing: existingOf(existing),
  revision: existing.revision,
  readable: isOwn(existing, contribution) || view.maySee(asItem(existing)),
});

/** What a newcomer supersedes: nothing, one that is current and known to the sender, or what it may not. */
const superseding = (current: readonly Assessment[], { data, source }: NewAssessment, view: View): Assessment | Rejected | undefined => {
  if (!data.supersedes) return undefined;
  const naming = { kind: 'assessment', id: data.supersedes.assessmentId, sender: source } as const;
  const own = current.find((one) => one.id === naming.id && one.source === source);
  return view.mayLookUp ? meant(current, naming, view, (one) => view.mayKnow(asItem(one))) : own;
};

/**
 * What was not retracted; of others', what has effect: nobody's word keeps another's assessment from being recorded before it counts (W2).
 */
const currentFor = ({ data, source }: NewAssessment, { state, counts }: View): readonly Assessment[] =>
  assessmentsOf(state, counts).filter(
    (one) =>
      hasKey(one, data) && countsFor(one, source) && !state.retracted.includes(one.revision) && (one.source === source || counts(one)),
  );

const notesOf = (contribution: NewAssessment, superseded: Assessment | undefined, hidden: Assessment | undefined): Notes | undefined => {
  const owner = superseded && noteOwner(superseded, contribution.source);
  if (hidden === undefined) return owner;
  return { ...owner, apartFrom: { source: hidden.source, assessmentId: hidden.id } };
};

/** `unknown-reference` for what it supersedes; `already-captured`; `reference-taken`; else accepted, perhaps apart. */
export const decideAssessmentRecorded = (contribution: NewAssessment, view: View): Outcome | AlreadyCaptured => {
  const { data } = contribution;
  const current = currentFor(contribution, view);
  const superseded = superseding(current, contribution, view);
  if (superseded && isRejected(superseded)) return superseded;
  const repeated = current.filter((one) => one !== superseded && isWithin(one, data.assessedOn));
  const known = latest(repeated.filter((one) => isOwn(one, contribution) || (view.mayLookUp && view.mayKnow(asItem(one)))));
  if (known) return captured(known, contribution, view);
  if (ownThing('assessment', data.assessmentId, contribution, view)) return taken('assessment');
  return accepted(notesOf(contribution, superseded, latest(repeated)));
};

/** `unknown-reference`: no such assessment whose content the sender may see; `ambiguous-reference`: several. */
export const decideAssessmentDisputed = (contribution: Contribution<'assessment.disputed'>, view: View): Outcome => {
  if (!view.mayLookUp) return accepted();
  const naming = namingIn('assessment', contribution.data.assessmentId, contribution);
  const assessment = meant(assessmentsOf(view.state, view.counts), naming, view, (one) => view.maySee(asItem(one)));
  return isRejected(assessment) ? assessment : accepted(noteOwner(assessment, contribution.source));
};

/** `unknown-reference`: the sender has recorded no such assessment; `schema`: it would end before it was made. */
export const decideAssessmentRectified = ({ data, source }: Contribution<'assessment.rectified'>, view: View): Outcome => {
  const own = assessmentsOf(view.state, view.counts).find((one) => one.id === data.assessmentId && one.source === source);
  if (own === undefined) return unknown('assessment');
  const { assessedOn = own.assessedOn, validUntil: until = own.statedUntil } = data;
  return until !== '' && until < assessedOn
    ? before('validUntil', 'the assessedOn of the assessment, as it stands or is corrected')
    : accepted();
};
