// How a learner's file is packed: the members and event types of which all files speak need no room of their own.
import { type EventType, shippedCatalogue } from '#catalogue';
import { type Held, type Packing, packingWith } from '#unit-of-work';
import type { LearnerFile } from './learner-file.ts';

/** As JSON writes them. What is missing here takes more room, no more. */
const FRAME = [
  '{"state":{"id":"","learner":{"founder":"","knownTo":["',
  '"],"localIds":"","ulnFrom":["","ulns":"","statements":{"sources":["","lines":"0\\t17',
  '\\t0000111100\\t","effects":{"agencies":["","said":[0,"partial":[0,"full":[',
  '"ties":{"referrals":[{"source":"","revision":1,"id":"","to":"","at":17,"answer":{"source":"","revision":2,"accepted":true,"at":17,"stood":true}},',
  '"withdrawn":{"revision":}}],"enrolments":[{"source":"","revision":9,"id":"","course":false,"at":17,"startedOn":"2026-09-01","plannedEnd":"2027-07-31",',
  '"lastOn":"2026-09-01","endedOn":"2026-","vouchers":[{"source":"","revision":]}],"assignments":[{"source":"","revision":1,"role":"personal-adviser","at":17,"grounded":true,"endedAt":17}],',
  '"choices":[{"source":"","revision":1,"agency":"","placed":false}],"confirmations":[{"agency":"","relationship":"","byLearner":false}]}},',
  '"consent":{"consents":[{"source":"","revision":2,"id":"","refused":false,"at":17,"explicit":true,"evidence":true,"protocol":"e2e-passport",',
  '"purposes":["plan-learning"],"categories":["assessment"],"recipients":["connexions","provider","college"],"validFrom":"2026-01-01","expires":"2027-',
  '","changes":[{"source":"","revision":,"kind":"withdrawn","at":17,"byLearner":false}]}],"rights":[{"kind":"restriction-requested","byLearner":false,"scope":{}}],',
  '"notices":[{"noticeId":"","recipient":"","reason":"withdrawal","consentId":"","items":[],"issuedAt":17,"due":"2026-","duty":""}]},"record":{"heads":[',
];

const headOf = (type: EventType): string => {
  const facts = type.facts.map((name) => `"${name}":"`).join('');
  return `{"item":{"type":"${type.short}","category":"${type.categoryOf({})}","source":"","facts":{${facts}},"apart":false},`;
};

export const filePacking = (): Packing<Held<LearnerFile>> =>
  packingWith(
    [
      ...shippedCatalogue().types.map(headOf),
      ...FRAME,
      '],"lines":"0:mj\\n1:mj\\n2:mj\\n3:mj\\t","retracted":[]},"pace":{"day":"2026-","told":{"":1}}},"revision":1',
    ].join(''),
  );
