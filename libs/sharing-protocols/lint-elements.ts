// Rules on the smaller elements of clauses and duties: each stands where it has an effect, and nowhere else.
import type { Catalogue } from '#catalogue';
import { namesRelationship } from './decision-table-permissions.ts';
import type { Duty, Fields, Flow, GroupTable, Prohibition, ProtocolDocument, Share, To } from './language.ts';
import type { Found, LintContext, LintRule } from './lint-findings.ts';
import { foundIf, inEach } from './lint-findings.ts';
import { fieldsOf, kindsOf, sharers, valuesOf } from './lint-kinds.ts';

/** One finding for each share that is so. */
const inShares = (
  document: ProtocolDocument,
  wrong: (share: Share, flow: Flow) => boolean,
  said: { readonly at: string; readonly says: string },
): readonly Found[] =>
  inEach('flows', document.flows, (flow, path) =>
    inEach(`${path}.share`, flow.share, (share, at) => foundIf(wrong(share, flow), `${at}.${said.at}`, said.says)),
  );

const inRecipients = (
  document: ProtocolDocument,
  wrong: (to: To, flow: Flow) => boolean,
  said: { readonly at: string; readonly says: string },
): readonly Found[] =>
  inEach('flows', document.flows, (flow, path) =>
    inEach(`${path}.to`, flow.to, (to, at) => foundIf(wrong(to, flow), `${at}.${said.at}`, said.says)),
  );

const mergesMore = ({ merged, category, type, when, from }: Share): boolean =>
  merged === true && (category !== 'identity' || type !== undefined || when !== undefined || from !== undefined);

const mergedShares = (document: ProtocolDocument): readonly Found[] => [
  ...inShares(document, mergesMore, {
    at: 'merged',
    says: 'Merge category identity alone, without type, when or from: the merged identity is one, of no source.',
  }),
  ...inEach('prohibitions', document.prohibitions, ({ share }: Prohibition, path) =>
    inEach(`${path}.share`, share, ({ merged }, at) =>
      foundIf(merged === true, `${at}.merged`, 'Leave merged out: a prohibition of identity binds it in every form.'),
    ),
  ),
];

const fieldsIn = ({ fields }: Share, flow: Flow): Fields => fields ?? flow.fields ?? {};

const codesIn = (catalogue: Catalogue, table: GroupTable): readonly string[] =>
  catalogue.codes[table].codes.flatMap(({ covers }) => covers);

/** The types whose field has codes of its own have them in the table. */
const groups = (catalogue: Catalogue, share: Share, [field, table]: readonly [string, GroupTable]): boolean => {
  const bearers = kindsOf(catalogue, share).filter(({ type }) => fieldsOf(type).includes(field));
  const known = codesIn(catalogue, table);
  return bearers.every(({ type }) => valuesOf(type, field)?.every((value) => known.includes(value)) ?? false);
};

/** A field that is left out all the same, or whose codes the table does not group. */
const coarsensAmiss =
  (catalogue: Catalogue) =>
  (share: Share, flow: Flow): boolean => {
    const { coarsen = {}, only, except = [] } = fieldsIn(share, flow);
    return Object.entries(coarsen).some(
      ([field, table]) => except.includes(field) || only?.includes(field) === false || !groups(catalogue, share, [field, table]),
    );
  };

const coarserCodes = (document: ProtocolDocument, { catalogue }: LintContext): readonly Found[] =>
  inShares(document, coarsensAmiss(catalogue), {
    at: 'fields',
    says: 'Coarsen only fields that are shown, by the table that groups their codes.',
  });

const isNeedless = ({ sensitive, consent }: Share, flow: Flow): boolean => sensitive === true && (consent ?? flow.consent) === undefined;

const consentNeeds = (document: ProtocolDocument): readonly Found[] =>
  inShares(document, isNeedless, { at: 'sensitive', says: 'Ask for consent, or leave sensitive out: it says which consent counts.' });

const countsDoubts = (document: ProtocolDocument): readonly Found[] =>
  inEach('flows', document.flows, ({ unconfirmed, delivery }, path) =>
    foundIf(
      unconfirmed === true && delivery.includes('aggregate'),
      `${path}.unconfirmed`,
      'Leave unconfirmed out of what is counted: a source that does not stand enters no statistic.',
    ),
  );

const lacksProperty = (catalogue: Catalogue, { share }: Flow, property: string): boolean =>
  !share.some((one) => kindsOf(catalogue, one).some(({ type }) => fieldsOf(type).includes(property)));

const narrowings = (document: ProtocolDocument, { catalogue }: LintContext): readonly Found[] => [
  ...inRecipients(document, ({ namedIn, namedInWherePresent }) => namedIn !== undefined && namedInWherePresent !== undefined, {
    at: 'namedInWherePresent',
    says: 'Write namedIn or namedInWherePresent, not both.',
  }),
  ...inRecipients(document, (to, { share }) => to.answers !== undefined && !share.some((one) => namesRelationship(one, to)), {
    at: 'answers',
    says: 'Name the relationship of those whose own is answered.',
  }),
  ...inRecipients(document, ({ since, relationship }) => since !== undefined && relationship?.join() !== 'referrer-of', {
    at: 'since',
    says: 'Write relationship: [referrer-of] beside since: time runs from that referral.',
  }),
  ...inRecipients(document, ({ notFrom }, flow) => shutsOut(notFrom, flow, document), {
    at: 'notFrom',
    says: 'Leave some source over: nothing comes from any other.',
  }),
  ...inRecipients(document, ({ disguise }, flow) => disguise !== undefined && lacksProperty(catalogue, flow, 'route'), {
    at: 'disguise',
    says: 'Disguise sources only where a route would tell them: what is shared has none.',
  }),
  ...inRecipients(document, ({ ownChoice }, flow) => ownChoice === true && lacksProperty(catalogue, flow, 'choices'), {
    at: 'ownChoice',
    says: 'Leave ownChoice out: what is shared has no choices.',
  }),
];

const shutsOut = (notFrom: To['notFrom'], flow: Flow, document: ProtocolDocument): boolean =>
  notFrom !== undefined &&
  flow.share.every((share) => share.merged !== true && sharers(share, flow, document).every((role) => notFrom.includes(role)));

const NARROWING: readonly (keyof To)[] = ['relationship', 'namedIn', 'namedInWherePresent', 'answers', 'since', 'ownChoice', 'disguise'];

const officeClauses = (document: ProtocolDocument): readonly Found[] => [
  ...inRecipients(document, (to) => to.office !== undefined && NARROWING.some((key) => to[key] !== undefined), {
    at: 'office',
    says: 'Ask nothing else of an office: it has no relationship with a learner, and nothing names it.',
  }),
  ...inRecipients(
    document,
    ({ office }, { consent, share }) => office !== undefined && (consent ?? share.find((one) => one.consent)?.consent) !== undefined,
    {
      at: 'office',
      says: 'Leave consent out towards an office: no consent names one.',
    },
  ),
];

const MOMENTS: readonly (keyof Duty)[] = ['after', 'by', 'every'];

/** Each key stands with the moment that it is about, and with no other. */
const COMPANIONS: readonly (readonly [key: keyof Duty, moments: readonly (keyof Duty)[]])[] = [
  ['less', ['by']],
  ['from', ['every']],
  ['when', ['after', 'by']],
  ['while', ['after', 'by']],
  ['beforehand', ['after', 'by']],
];

const isOutOfPlace = (duty: Duty): boolean =>
  MOMENTS.filter((key) => duty[key] !== undefined).length !== 1 ||
  (duty.every !== undefined && duty.from === undefined) ||
  COMPANIONS.some(([key, moments]) => duty[key] !== undefined && moments.every((moment) => duty[moment] === undefined));

const dutyTerms = ({ duties }: ProtocolDocument): readonly Found[] =>
  inEach('duties', duties, (duty, path) =>
    foundIf(isOutOfPlace(duty), path, 'Let time run from one thing: after, or by (perhaps with less), or every with from.'),
  );

export const ELEMENT_RULES: readonly LintRule[] = [
  { id: 'merged-misplaced', severity: 'error', check: mergedShares },
  { id: 'coarsening-misplaced', severity: 'error', check: coarserCodes },
  { id: 'sensitive-without-consent', severity: 'error', check: consentNeeds },
  { id: 'unconfirmed-counted', severity: 'error', check: countsDoubts },
  { id: 'narrowing-misplaced', severity: 'error', check: narrowings },
  { id: 'office-narrowed', severity: 'error', check: officeClauses },
  { id: 'duty-without-term', severity: 'error', check: dutyTerms },
];
