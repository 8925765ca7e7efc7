import type { ProtocolDocument } from './language.ts';
import { smallProtocol, withFlow, withProhibition } from './fixtures/small-protocol.ts';
import { MISPLACED } from './fixtures/misplaced-protocols.ts';
import { MISSPELT } from './fixtures/misspelt-protocols.ts';
import {
  type Case,
  circumstances,
  assessments,
  toAdviser,
  special,
  contribution,
  withDuty,
  shortAgreement,
} from './fixtures/small-changes.ts';
import { LINT_RULES, isFit, lintProtocol } from './lint.ts';
import { shippedProtocols } from './shipped.ts';

const CASES: readonly Case[] = [...MISSPELT, ...MISPLACED];

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
