import type { ProtocolDocument } from './language.ts';
import { smallFlow, smallProtocol, withFlow, withProhibition } from './fixtures/small-protocol.ts';
import { LINT_RULES, isFit, lintProtocol } from './lint.ts';
import { shippedProtocols } from './shipped.ts';

type Case = readonly [rule: string, what: string, document: ProtocolDocument, path: string];

const duty = {
  id: 'D1',
  says: 'Act.',
  who: ['connexions'],
  within: 'P5D',
  after: 'attendance.concern',
  dischargedBy: ['follow-up.made'],
} as const;
const contribution = (change: object): ProtocolDocument => ({
  ...smallProtocol,
  contributions: [...smallProtocol.contributions, { types: ['attendance.concern'], roles: ['provider'], ...change }],
});
const withDuty = (change: object): ProtocolDocument => ({ ...smallProtocol, duties: [{ ...duty, ...change }] });
const { further: _further, ...shortAgreement } = smallProtocol.agreement;
const circumstances = { types: ['circumstance.noted'], roles: ['provider'] } as const;
const assessments = { types: ['assessment.recorded'], roles: ['provider'] } as const;
const toAdviser = { roles: ['connexions'], relationship: ['adviser-for'] };
const narrowedTo = (change: object): ProtocolDocument => withFlow({ to: [{ ...toAdviser, ...change }] });
const leaving = (fields: object): ProtocolDocument =>
  withFlow({ share: [{ type: 'programme.left-early', fields }] }, { types: ['programme.left-early'], roles: ['provider'] });
const special = { share: [{ category: 'circumstance-special' }] };

const CASES: readonly Case[] = [
  ['heading-missing', 'an absent heading', { ...smallProtocol, agreement: shortAgreement } as ProtocolDocument, 'agreement.further'],
  ['heading-missing', 'a blank heading', { ...smallProtocol, agreement: { ...smallProtocol.agreement, breach: '  ' } }, 'agreement.breach'],
  [
    'sentence-missing',
    'a purpose without Welsh',
    {
      ...smallProtocol,
      purposes: smallProtocol.purposes.map((purpose) => ({ ...purpose, sentence: { en: 'So.' } })),
    } as unknown as ProtocolDocument,
    'purposes.0.sentence.cy',
  ],
  ['dates-disagree', 'a review before it begins', { ...smallProtocol, review: { due: '2024-09-01', graceDays: 0 } }, 'review.due'],
  [
    'dates-disagree',
    'an end before it begins',
    { ...smallProtocol, inForce: { from: '2024-09-01', until: '2024-08-31' } },
    'inForce.until',
  ],
  ['duplicate-id', 'two clauses of one id', { ...smallProtocol, flows: [smallFlow, smallFlow] }, 'flows.1.id'],
  ['duplicate-id', 'a duty with the id of a flow', withDuty({ id: 'AC1' }), 'duties.0.id'],
  [
    'duplicate-id',
    'a purpose twice',
    { ...smallProtocol, purposes: [...smallProtocol.purposes, ...smallProtocol.purposes] },
    'purposes.1.id',
  ],
  [
    'nobody-signs',
    'parties who need not sign',
    { ...smallProtocol, parties: smallProtocol.parties.map((party) => ({ ...party, mustSign: false })) },
    'parties',
  ],
  ['purpose-unused', 'a purpose without a flow', { ...smallProtocol, flows: [] }, 'purposes.0.id'],

  ['unknown-role', 'a role that is none', withFlow({ from: ['provider', 'wizard'] }), 'flows.0.from.1'],
  [
    'no-party',
    'a recipient who is no party',
    withFlow({ to: [{ roles: ['school'], relationship: ['home-institution'] }] }),
    'flows.0.to.0.roles.0',
  ],
  ['no-party', 'a contributor who is no party', contribution({ roles: ['ebp'] }), 'contributions.1.roles.0'],
  ['no-party', 'a debtor who is no party', withDuty({ who: ['yot'] }), 'duties.0.who.0'],
  ['unknown-category', 'a category that is none', withFlow({ share: [{ category: 'gossip' }] }), 'flows.0.share.0.category'],
  ['unknown-type', 'a type that is none', withFlow({ share: [{ type: 'learner.teleported' }] }), 'flows.0.share.0.type'],
  ['unknown-type', 'a contribution of no type', contribution({ types: ['learner.teleported'] }), 'contributions.1.types.0'],
  ['unknown-type', 'a duty after nothing', withDuty({ after: 'learner.teleported' }), 'duties.0.after'],
  ['unknown-purpose', 'a purpose not described', withFlow({ for: ['support-learner', 'curiosity'] }), 'flows.0.for.1'],
  [
    'unknown-relationship',
    'a relationship that is none',
    withFlow({ to: [{ roles: ['connexions'], relationship: ['friend-of'] }] }),
    'flows.0.to.0.relationship.0',
  ],
  ['unknown-field', 'a field that the types lack', withFlow({ fields: { except: ['note', 'shoeSize'] } }), 'flows.0.fields.except.1'],
  [
    'unknown-field',
    'a field of a share',
    withFlow({ share: [{ category: 'attendance', fields: { only: ['grade'] } }] }),
    'flows.0.share.0.fields.only.0',
  ],
  ['unknown-field', 'a date that the event lacks', withDuty({ after: 'attendance.concern.dueBy' }), 'duties.0.after'],
  [
    'unknown-field',
    'naming in what is no fact',
    withFlow({ to: [{ roles: ['connexions'], relationship: ['adviser-for'], namedIn: 'note' }] }),
    'flows.0.to.0.namedIn',
  ],
  [
    'unknown-fact',
    'a condition on what is no fact',
    withFlow({ share: [{ category: 'attendance', when: { note: ['x'] } }] }),
    'flows.0.share.0.when.note',
  ],
  [
    'unknown-fact',
    'a value that the fact cannot have',
    contribution({ types: ['assessment.recorded'], when: { framework: ['tarot'] } }),
    'contributions.1.when.framework.0',
  ],
  [
    'unknown-fact',
    'a discharge by no such fact',
    withDuty({ dischargedWhen: { framework: ['initial'] } }),
    'duties.0.dischargedWhen.framework',
  ],

  ['special-category-condition-missing', 'health without Art 9', withFlow(special, circumstances), 'flows.0.basis.article9'],
  [
    'special-category-condition-missing',
    'a type that may be about health',
    withFlow({ share: [{ type: 'circumstance.noted' }] }, circumstances),
    'flows.0.basis.article9',
  ],
  [
    'criminal-offence-condition-missing',
    'a type that may be about reoffending',
    withFlow({ share: [{ type: 'assessment.recorded' }] }, assessments),
    'flows.0.basis.article10',
  ],
  [
    'explicit-consent-missing',
    'Art 9(2)(a) with plain consent',
    withFlow({ ...special, basis: { article6: 'e', article9: 'a' }, consent: 'required' }, circumstances),
    'flows.0.consent',
  ],
  ['consent-missing', 'Art 6(1)(a) without consent', withFlow({ basis: { article6: 'a' } }), 'flows.0.consent'],
  ['basis-missing', 'personal data on no basis', withFlow({ basis: { article6: 'none' } }), 'flows.0.basis.article6'],
  [
    'basis-not-open',
    'legitimate interests of a college',
    withFlow({ from: ['provider', 'college'], basis: { article6: 'f' } }),
    'flows.0.basis.article6',
  ],
  ['basis-not-open', 'recognised interests of anyone', withFlow({ from: 'any', basis: { article6: 'ea' } }), 'flows.0.basis.article6'],
  ['retention-missing', 'a flow to keep for ever', withFlow({ retention: undefined }), 'flows.0.retention'],
  ['suppression-missing', 'counts of single persons', withFlow({ delivery: ['aggregate'] }), 'flows.0.suppressBelow'],

  ['share-names-nothing', 'a share of nothing', withFlow({ share: [{ level: 'full' }] }), 'flows.0.share.0'],
  ['reaches-nobody', 'a recipient that is nobody', withFlow({ to: [{ roles: [] }], delivery: ['on-request'] }), 'flows.0.to.0'],
  ['shows-nothing', 'a summary without fields', withFlow({ level: 'summary' }), 'flows.0.share.0'],
  [
    'contradiction',
    'a flow that its own protocol forbids',
    { ...smallProtocol, prohibitions: withProhibition({}).prohibitions },
    'flows.0',
  ],
  ['unreachable', 'what nobody contributes', withFlow({ share: [{ category: 'offer' }] }), 'flows.0.share.0'],
  ['unreachable', 'what others contribute', withFlow({ from: ['college'] }), 'flows.0.share.0'],
  [
    'merged-misplaced',
    'a merged identity of one type',
    withFlow({ share: [{ category: 'identity', type: 'learner.corrected', merged: true }] }),
    'flows.0.share.0.merged',
  ],
  [
    'merged-misplaced',
    'a merged identity of some source',
    withFlow({ share: [{ category: 'identity', merged: true, from: ['provider'] }] }),
    'flows.0.share.0.merged',
  ],
  [
    'merged-misplaced',
    'a merge of what is no identity',
    withFlow({ share: [{ category: 'attendance', merged: true }] }),
    'flows.0.share.0.merged',
  ],
  [
    'merged-misplaced',
    'a prohibition of one form alone',
    withProhibition({ share: [{ category: 'identity', merged: true }] }),
    'prohibitions.0.share.0.merged',
  ],
  [
    'coarsening-misplaced',
    'a group of what is left out',
    leaving({ except: ['reason'], coarsen: { reason: 'reason-groups' } }),
    'flows.0.share.0.fields',
  ],
  [
    'coarsening-misplaced',
    'a group of what is not among those shown',
    leaving({ only: ['leftOn'], coarsen: { reason: 'reason-groups' } }),
    'flows.0.share.0.fields',
  ],
  ['coarsening-misplaced', 'groups of other codes', leaving({ coarsen: { reason: 'activity-groups' } }), 'flows.0.share.0.fields'],
  ['coarsening-misplaced', 'groups of a text', leaving({ coarsen: { note: 'reason-groups' } }), 'flows.0.share.0.fields'],
  [
    'unknown-field',
    'a coarser field that the types lack',
    leaving({ coarsen: { grade: 'reason-groups' } }),
    'flows.0.share.0.fields.coarsen.grade',
  ],
  [
    'unknown-field',
    'entries of a list that the types lack',
    leaving({ entries: { marks: { by: 'code', except: ['a'] } } }),
    'flows.0.share.0.fields.entries.marks',
  ],
  ['unknown-field', 'leaving out for some what the types lack', narrowedTo({ except: ['grade'] }), 'flows.0.to.0.except.0'],
  ['unknown-field', 'a sender named in what is no fact', contribution({ namedIn: 'note' }), 'contributions.1.namedIn'],
  ['unknown-field', 'a day towards which there is none', withDuty({ after: undefined, by: 'attendance.concern.due' }), 'duties.0.by'],
  ['unknown-role', 'nothing from a role that is none', narrowedTo({ notFrom: ['wizard'] }), 'flows.0.to.0.notFrom.0'],
  [
    'unknown-relationship',
    'a relationship of a share',
    withFlow({ share: [{ category: 'attendance', relationship: ['friend-of'] }] }),
    'flows.0.share.0.relationship.0',
  ],
  ['unknown-fact', 'a duty after what is never so', withDuty({ when: { framework: ['initial'] } }), 'duties.0.when.framework'],
  [
    'sensitive-without-consent',
    'a consent that nobody asks for',
    withFlow({ share: [{ category: 'attendance', sensitive: true }] }),
    'flows.0.share.0.sensitive',
  ],
  [
    'unconfirmed-counted',
    'counts of what nobody vouched for',
    withFlow({ unconfirmed: true, delivery: ['aggregate'], suppressBelow: 6 }),
    'flows.0.unconfirmed',
  ],
  [
    'narrowing-misplaced',
    'naming always and where present',
    narrowedTo({ namedIn: 'kind', namedInWherePresent: 'kind' }),
    'flows.0.to.0.namedInWherePresent',
  ],
  [
    'narrowing-misplaced',
    'answers for whoever asks',
    withFlow({ to: [{ roles: ['connexions'], answers: 'own' }], delivery: ['on-request'] }),
    'flows.0.to.0.answers',
  ],
  ['narrowing-misplaced', 'since a referral that nobody made', narrowedTo({ since: 'referral' }), 'flows.0.to.0.since'],
  ['narrowing-misplaced', 'nothing from anyone', narrowedTo({ notFrom: ['provider'] }), 'flows.0.to.0.notFrom'],
  ['narrowing-misplaced', 'a disguise of what tells nothing', narrowedTo({ disguise: ['yot'] }), 'flows.0.to.0.disguise'],
  ['narrowing-misplaced', 'choices of what has none', narrowedTo({ ownChoice: true }), 'flows.0.to.0.ownChoice'],
  [
    'office-narrowed',
    'an office with a relationship',
    withFlow({ to: [{ roles: [], office: 'learner', relationship: ['known-to'] }] }),
    'flows.0.to.0.office',
  ],
  [
    'office-narrowed',
    'consent towards an office',
    withFlow({ to: [{ roles: [], office: 'dpo-of' }], consent: 'required' }),
    'flows.0.to.0.office',
  ],
  ['duty-without-term', 'a duty after nothing', withDuty({ after: undefined }), 'duties.0'],
  ['duty-without-term', 'a duty after one thing and by another', withDuty({ by: 'attendance.concern.on' }), 'duties.0'],
  ['duty-without-term', 'so much less than no day', withDuty({ less: 'P7D' }), 'duties.0'],
  ['duty-without-term', 'a calendar without a beginning', withDuty({ after: undefined, every: 'P1Y' }), 'duties.0'],
  [
    'duty-without-term',
    'a calendar on condition',
    withDuty({ after: undefined, every: 'P1Y', from: '2026-09-01', when: { kind: ['late'] } }),
    'duties.0',
  ],
  ['idle-delivery', 'a feed without a relationship', withFlow({ to: [{ roles: ['connexions'] }] }), 'flows.0.delivery'],
];

describe('a lint rule finds', () => {
  it.each(CASES)('%s: %s', (rule, _, document, path) => {
    const findings = lintProtocol(document);
    expect(findings.map((finding) => [finding.rule, finding.path])).toContainEqual([rule, path]);
    expect(findings.find((finding) => finding.rule === rule)?.says).toMatch(/^[A-Z].*\.$/);
  });

  it('shadowed: what another protocol forbids altogether', () => {
    const aggregate = withFlow({ delivery: ['aggregate'], suppressBelow: 6 });
    const found = (document: ProtocolDocument, other: ProtocolDocument): readonly string[] =>
      lintProtocol(document, { others: [other] }).map(({ rule }) => rule);
    expect(found(smallProtocol, withProhibition({}))).toEqual(['shadowed']);
    expect(found(aggregate, withProhibition({ to: ['school'], aggregates: true }))).toEqual(['shadowed']);
    expect(found(smallProtocol, withProhibition({ to: ['school'], aggregates: true }))).toEqual([]);
  });

  it('something by every rule', () => {
    const tried = new Set([...CASES.map(([rule]) => rule), 'shadowed']);
    expect(LINT_RULES.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });
});

describe('lint', () => {
  it('says which heading is missing, and holds the protocol back', () => {
    const findings = lintProtocol({ ...smallProtocol, agreement: shortAgreement } as ProtocolDocument);
    expect(findings).toEqual([
      {
        rule: 'heading-missing',
        severity: 'error',
        path: 'agreement.further',
        says: 'Write what the agreement says on "Further details"; without it the protocol cannot be activated.',
      },
    ]);
    expect(isFit(findings)).toBe(false);
  });

  it('lets a protocol pass that only has warnings', () => {
    expect(isFit(lintProtocol(withFlow({ from: ['college'] })))).toBe(true);
  });

  it('is content with a small protocol', () => {
    expect(lintProtocol(smallProtocol)).toEqual([]);
  });

  it('leaves a flow alone of which a prohibition takes a part', () => {
    const { prohibitions } = withProhibition({ from: ['college'] });
    expect(lintProtocol({ ...withFlow({ from: ['provider', 'college'] }), prohibitions })).toEqual([]);
  });

  it('does not ask for Art 10 where the facts leave offending out', () => {
    const narrowed = withFlow({ share: [{ type: 'assessment.recorded', when: { framework: ['initial'] } }] }, assessments);
    expect(lintProtocol(narrowed)).toEqual([]);
  });

  it('is content with each element in its place', () => {
    const leavers = { types: ['programme.left-early', 'learner.registered'], roles: ['provider'] } as const;
    const shares = [
      { category: 'identity', merged: true, fields: { only: ['givenName'] } },
      { type: 'programme.left-early', fields: { coarsen: { reason: 'reason-groups' } }, consent: 'required', sensitive: true },
    ];
    const to = [{ ...toAdviser, notFrom: ['college'], namedInWherePresent: 'fundedBy', except: ['note'] }];
    const terms = [
      { by: 'attendance.concern.on', less: 'P7D', after: undefined },
      { every: 'P1Y', from: '2026-09-01', after: undefined },
    ];
    expect(lintProtocol(withFlow({ share: shares, to, unconfirmed: true }, leavers))).toEqual([]);
    expect(terms.flatMap((term) => lintProtocol(withDuty(term)))).toEqual([]);
  });

  it('asks no condition of Art 9 or 10 towards the learner, and towards nobody else', () => {
    const own = withFlow({ ...special, to: [{ roles: [], office: 'learner' }], delivery: ['on-request'] }, circumstances);
    expect(lintProtocol(own)).toEqual([]);
    const managed = withFlow({ ...special, to: [{ roles: [], office: 'data-manager' }], delivery: ['on-request'] }, circumstances);
    expect(lintProtocol(managed).map(({ rule }) => rule)).toEqual(['special-category-condition-missing']);
  });

  it('takes an event about no learner for no personal data', () => {
    const workplace = withFlow(
      { share: [{ type: 'workplace.risk-assessed' }], basis: { article6: 'none' } },
      { types: ['workplace.risk-assessed'], roles: ['provider'] },
    );
    expect(lintProtocol(workplace)).toEqual([]);
  });

  it('finds a share reachable through a contribution of another protocol', () => {
    const alone = withFlow({ share: [{ category: 'review' }] });
    const other = contribution({ types: ['review.held'] });
    expect(lintProtocol(alone).map(({ rule }) => rule)).toEqual(['unreachable']);
    expect(lintProtocol(alone, { others: [other] })).toEqual([]);
  });

  it('is content with every shipped protocol beside the others', () => {
    const all = shippedProtocols();
    const findings = all.flatMap((document) =>
      lintProtocol(document, { others: all.filter((other) => other !== document) }).map((finding) => [document.id, finding]),
    );
    expect(findings).toEqual([]);
  });
});
