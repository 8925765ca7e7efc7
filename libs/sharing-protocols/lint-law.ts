// Rules of data-protection law: conditions for special-category and criminal-offence data, bases open to the sharer,
// consent, retention, counts.
import type { Flow, ProtocolDocument } from './language.ts';
import type { Found, LintContext, LintRule } from './lint-findings.ts';
import { foundIf, inEach } from './lint-findings.ts';
import { naturesOf, sharers } from './lint-kinds.ts';

/** The law itself opens all of a record to the learner, and to whoever answers for the learner's rights (UK GDPR Art 12–22, 39). */
const ANSWERS_RIGHTS: readonly string[] = ['learner', 'dpo-of', 'dpo-partnership'];

const answersRights = ({ to }: Flow): boolean => to.every(({ office }) => office !== undefined && ANSWERS_RIGHTS.includes(office));

type FlowCheck = (flow: Flow, context: LintContext, document: ProtocolDocument) => boolean;

/** One finding for each flow for which `wrong` holds. */
const flowRule = (id: string, at: string, wrong: FlowCheck, says: (flow: Flow) => string): LintRule => ({
  id,
  severity: 'error',
  check: (document, context): readonly Found[] =>
    inEach('flows', document.flows, (flow, path) => foundIf(wrong(flow, context, document), `${path}.${at}`, says(flow))),
});

const sharesNature =
  (nature: 'special-category' | 'criminal-offence' | 'personal'): FlowCheck =>
  ({ share }, { catalogue }) =>
    naturesOf(catalogue, share).has(nature);

const sharesSpecial = sharesNature('special-category');
const sharesCriminal = sharesNature('criminal-offence');

const sharesPersonal: FlowCheck = (...flow) => sharesSpecial(...flow) || sharesCriminal(...flow) || sharesNature('personal')(...flow);

/** UK GDPR Art 6(1), second subparagraph, closes (f) and (ea) to public authorities in the performance of their tasks. */
const closedBasis: FlowCheck = (flow, { catalogue }, document) => {
  const closed = catalogue.codes['lawful-bases'].codes.some(
    ({ code, closedToPublicTasks }) => code === `6(1)(${flow.basis.article6})` && closedToPublicTasks,
  );
  const authorities = catalogue.codes.roles.codes.filter(({ publicAuthority }) => publicAuthority).map(({ code }) => code);
  return closed && flow.share.some((share) => sharers(share, flow, document).some((role) => authorities.includes(role)));
};

export const LAW_RULES: readonly LintRule[] = [
  flowRule(
    'special-category-condition-missing',
    'basis.article9',
    (flow, ...rest) => flow.basis.article9 === undefined && !answersRights(flow) && sharesSpecial(flow, ...rest),
    ({ id }) => `Name the Art 9(2) condition on which ${id} shares special-category data.`,
  ),
  flowRule(
    'criminal-offence-condition-missing',
    'basis.article10',
    (flow, ...rest) => flow.basis.article10 === undefined && !answersRights(flow) && sharesCriminal(flow, ...rest),
    ({ id }) => `Name the Art 10 condition on which ${id} shares criminal-offence data, or narrow what it shares.`,
  ),
  flowRule(
    'explicit-consent-missing',
    'consent',
    ({ basis, consent }) => basis.article9 === 'a' && consent !== 'explicit',
    ({ id }) => `Write consent: explicit: ${id} rests on Art 9(2)(a).`,
  ),
  flowRule(
    'consent-missing',
    'consent',
    ({ basis, consent }) => basis.article6 === 'a' && consent === undefined,
    ({ id }) => `Write consent: required: ${id} rests on Art 6(1)(a).`,
  ),
  flowRule(
    'basis-missing',
    'basis.article6',
    (flow, ...rest) => flow.basis.article6 === 'none' && sharesPersonal(flow, ...rest),
    ({ id }) => `Name the Art 6(1) basis of ${id}: it shares personal data.`,
  ),
  flowRule(
    'public-personal',
    'to',
    (flow, ...rest) => flow.to.some(({ office }) => office === 'public') && sharesPersonal(flow, ...rest),
    ({ id }) => `Take the public out of ${id}: it shares personal data.`,
  ),
  flowRule(
    'basis-not-open',
    'basis.article6',
    closedBasis,
    ({ id, basis }) => `Choose another basis for ${id}: (${basis.article6}) is not open to a public authority performing its tasks.`,
  ),
  flowRule(
    'retention-missing',
    'retention',
    (flow) => (flow.retention as string | undefined) === undefined,
    ({ id }) => `Say how long the recipient of ${id} may keep what it gets, as retention: P1Y.`,
  ),
  flowRule(
    'suppression-missing',
    'suppressBelow',
    ({ delivery, suppressBelow }) => delivery.includes('aggregate') && suppressBelow === undefined,
    ({ id }) => `Say below how many persons a count of ${id} is not told, as suppressBelow: 6.`,
  ),
];
