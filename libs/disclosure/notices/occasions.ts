// Of what recipients are to be told, by the learner's file as it counts now (UK GDPR Art 19; ADR 0015). Pure.
import type { ShortType } from '#catalogue';
import { type Consent, consentName, mayNarrow, narrowingsIn, type NoticeReason } from '#consent';
import type { AgencySlug, Revision } from '#kernel';
import type { FileStanding, LearnerFile } from '#learner-file';
import { rectificationsIn } from '#learner-record';
import { type Covered, coveredBy, SAFEGUARD, type Scope } from '#sharing-protocols';
import type { PermittedItems } from '../decision-record.ts';

/** One item that a recorded decision showed. */
export interface Shown extends Covered, Pick<PermittedItems, 'basis' | 'purpose' | 'consent'> {
  readonly item: Revision;
  /** Of the learner's stream, as it stood when that was decided. */
  readonly decidedAt: Revision;
}

export interface Occasion {
  readonly reason: NoticeReason;
  /** Tells it from every other of the learner; the same whenever it is found. */
  readonly key: string;
  /** The event after which a protocol may ask for an answer; an erasure follows none of an agency's. */
  readonly after?: ShortType;
  /** Of a withdrawal. */
  readonly consent?: Pick<Consent, 'id' | 'protocol'>;
  readonly concerns: (shown: Shown) => boolean;
}

/** With which revision of the learner's stream what was said took effect. */
export type TookEffect = (said: { readonly source: AgencySlug; readonly revision: Revision }) => Revision;

const withdrawal = (consent: Consent): Occasion => {
  const name = consentName(consent);
  return { reason: 'withdrawal', key: name, after: 'consent.withdrawn', consent, concerns: (shown) => shown.consent?.id === name };
};

const PUBLIC_TASK = '6(1)(e)';
const LEGAL_OBLIGATION = '6(1)(c)';

const within = (scope: Scope, shown: Shown): boolean => shown.purpose !== undefined && coveredBy([scope], shown.purpose, shown);

/** As the gate holds it back. */
const isRestricted = (scope: Scope, shown: Shown): boolean =>
  shown.purpose !== SAFEGUARD && !shown.basis.startsWith(LEGAL_OBLIGATION) && within(scope, shown);

const isObjected = (scope: Scope, shown: Shown): boolean => shown.basis.startsWith(PUBLIC_TASK) && within(scope, shown);

const restriction = ({ revision, scope }: { readonly revision: Revision; readonly scope: Scope }): Occasion => ({
  reason: 'restriction',
  key: String(revision),
  after: 'restriction.requested',
  concerns: (shown) => isRestricted(scope, shown),
});

/** Upheld for ever, whoever says it again. */
const objection = (scope: Scope): Occasion => ({
  reason: 'objection',
  key: JSON.stringify(scope),
  after: 'objection.decided',
  concerns: (shown) => isObjected(scope, shown),
});

/** Whoever was shown the assessment later was shown it as set right. */
const rectifications = ({ file, standing }: FileStanding, tookEffect: TookEffect): readonly Occasion[] =>
  rectificationsIn(file.record, (said) => standing.counts(said)).map((said) => {
    const effective = tookEffect(said);
    return {
      reason: 'rectification',
      key: String(said.revision),
      after: 'assessment.rectified',
      concerns: ({ item, decidedAt }) => item === said.assessment && decidedAt < effective,
    };
  });

const retraction = (retracted: Revision): Occasion => ({
  reason: 'retraction',
  key: String(retracted),
  after: 'record.retracted',
  concerns: ({ item }) => item === retracted,
});

export const occasionsIn = (known: FileStanding, tookEffect: TookEffect): readonly Occasion[] => {
  const { consent, record } = known.file;
  const { withdrawn, restricted, upheld } = narrowingsIn(consent, known.grounds);
  return [
    ...withdrawn.map(withdrawal),
    ...restricted.map(restriction),
    ...upheld.map(objection),
    ...rectifications(known, tookEffect),
    ...[...new Set(record.retracted)].map(retraction),
  ];
};

/** Whether anything was said that may come to be an occasion once its source stands. */
export const mayBeOccasion = ({ consent, record }: LearnerFile): boolean =>
  mayNarrow(consent) || record.heads.some(({ item }) => item.type === 'assessment.rectified');

/** Whatever anybody was shown of a learner who is erased. */
export const ERASURE: Occasion = { reason: 'erasure', key: '', concerns: () => true };
