import type { ProtocolDocument } from './language.ts';
import { smallProtocol } from './fixtures/small-protocol.ts';
import type { LifecycleDecision, SignProtocol } from './lifecycle.decide.ts';
import { decideDraft, decideEnd, decideLeave, decideResume, decideSign, decideSuspend } from './lifecycle.decide.ts';
import type { LifecycleEvent } from './lifecycle.events.ts';
import type { LifecycleState } from './lifecycle.ts';
import { lifecycleOf } from './fixtures/lifecycle-of.ts';
import { bindingVersions, binds, initialLifecycle, statusAt } from './lifecycle.ts';

const digest = 'sha256:one';
const drafted = (document: ProtocolDocument = smallProtocol, of = digest): LifecycleEvent => ({
  type: 'uk.concordat.protocol.drafted.v1',
  data: { document, digest: of },
});
const signed = (agency: string, fills: readonly number[], version = 1): LifecycleEvent => ({
  type: 'uk.concordat.protocol.signed.v1',
  data: { protocol: 'attendance', version, agency, fills, kid: `key-${agency}`, signature: `${agency}.b.c` },
});
const stopped = (how: 'suspended' | 'resumed' | 'ended', version = 1): LifecycleEvent => ({
  type: `uk.concordat.protocol.${how}.v1`,
  data: { protocol: 'attendance', version, reason: 'because' },
});
const left = (agency: string): LifecycleEvent => ({ type: 'uk.concordat.protocol.left.v1', data: { protocol: 'attendance', agency } });

const given = (...events: readonly LifecycleEvent[]): LifecycleState => lifecycleOf(events);
const code = (decision: LifecycleDecision): string => (decision.accepted ? 'accepted' : decision.rejection.code);
const events = (decision: LifecycleDecision): readonly LifecycleEvent[] => (decision.accepted ? decision.events : []);

const name = { protocol: 'attendance', version: 1 };
const both = [drafted(), signed('cx', [0]), signed('trainer', [1])] as const;
const version2: ProtocolDocument = { ...smallProtocol, version: 2, inForce: { from: '2025-01-01' } };
const on = (today: string, ...happened: readonly LifecycleEvent[]): string | undefined => statusAt(given(...happened), name, today);

describe('drafting', () => {
  const draft = { document: smallProtocol, digest, faults: [] };

  it('records the document with its digest', () => {
    expect(events(decideDraft(given(), draft))).toEqual([drafted()]);
  });

  it('changes nothing the second time', () => {
    expect(events(decideDraft(given(drafted()), draft))).toEqual([]);
    expect(code(decideDraft(given(drafted()), draft))).toBe('accepted');
  });

  it.each([
    ['protocol-faulty', given(), { ...draft, faults: ['Write the heading.'] }],
    ['version-drafted-otherwise', given(drafted()), { ...draft, digest: 'sha256:other' }],
    ['version-not-later', given(drafted(version2)), draft],
  ])('is refused: %s', (refusal, state, command) => {
    expect(code(decideDraft(state, command))).toBe(refusal);
  });
});

describe('signing', () => {
  const sign: SignProtocol = {
    ...name,
    digest,
    agency: { slug: 'cx', roles: ['funder', 'connexions'], districts: ['WV1'] },
    kid: 'key-cx',
    signature: 'cx.b.c',
  };

  it('records which places the agency fills', () => {
    expect(events(decideSign(given(drafted()), sign))).toEqual([signed('cx', [0])]);
  });

  it('fills a place only within its agencies and districts', () => {
    const parties = [
      { role: 'connexions', mustSign: true, districts: ['B1'] },
      { role: 'connexions', mustSign: true, agencies: ['cx'] },
      { role: 'funder', mustSign: false, agencies: ['lsc'] },
    ] as const;
    const state = given(drafted({ ...smallProtocol, parties }));
    expect(events(decideSign(state, sign))).toEqual([signed('cx', [1])]);
  });

  it('fills a place with a longer prefix of its outward code too, and of no other', () => {
    const parties = (['WV1', 'WV14'] as const).map((district) => ({ role: 'connexions' as const, mustSign: true, districts: [district] }));
    const agency = { ...sign.agency, districts: ['WV14 8'] };
    expect(events(decideSign(given(drafted({ ...smallProtocol, parties })), { ...sign, agency }))).toEqual([signed('cx', [1])]);
  });

  it('changes nothing with the same key again, but counts with a new one', () => {
    const state = given(drafted(), signed('cx', [0]));
    expect(events(decideSign(state, sign))).toEqual([]);
    expect(events(decideSign(state, { ...sign, kid: 'new', signature: 'new.b.c' }))).toHaveLength(1);
  });

  it.each([
    ['unknown-protocol', given(), sign],
    ['protocol-ended', given(drafted(), stopped('ended')), sign],
    ['digest-differs', given(drafted()), { ...sign, digest: 'sha256:other' }],
    ['fills-no-role', given(drafted()), { ...sign, agency: { slug: 'cx', roles: ['employer'] as const } }],
  ])('is refused: %s', (refusal, state, command) => {
    expect(code(decideSign(state, command))).toBe(refusal);
  });
});

describe('suspending, resuming, ending and leaving', () => {
  const stop = { ...name, reason: 'because' };

  it('are recorded with their reason', () => {
    expect(events(decideSuspend(given(...both), stop))).toEqual([stopped('suspended')]);
    expect(events(decideResume(given(...both, stopped('suspended')), stop))).toEqual([stopped('resumed')]);
    expect(events(decideEnd(given(...both), stop))).toEqual([stopped('ended')]);
    expect(events(decideLeave(given(...both), 'attendance', 'cx'))).toEqual([left('cx')]);
  });

  it('are not recorded again where it is so already', () => {
    expect(decideSuspend(given(...both, stopped('suspended')), stop)).toEqual({ accepted: true, events: [] });
    expect(decideResume(given(...both), stop)).toEqual({ accepted: true, events: [] });
    expect(decideEnd(given(...both, stopped('ended')), stop)).toEqual({ accepted: true, events: [] });
  });

  it.each([
    ['unknown-protocol', decideSuspend(given(), stop)],
    ['unknown-protocol', decideResume(given(), stop)],
    ['unknown-protocol', decideEnd(given(), stop)],
    ['protocol-ended', decideSuspend(given(...both, stopped('ended')), stop)],
    ['protocol-ended', decideResume(given(...both, stopped('ended')), stop)],
    ['unknown-protocol', decideLeave(given(), 'attendance', 'cx')],
    ['not-a-party', decideLeave(given(...both, left('cx')), 'attendance', 'cx')],
  ])('are refused: %s', (refusal, decision) => {
    expect(code(decision)).toBe(refusal);
  });
});

describe('the status of a version', () => {
  it.each([
    ['drafted', '2024-10-01', [drafted()]],
    ['drafted', '2024-10-01', [drafted(), signed('cx', [0]), signed('college', [2])]],
    ['signed-awaiting-date', '2024-08-31', both],
    ['in-force', '2024-09-01', both],
    ['in-force', '2025-09-01', both],
    ['review-overdue', '2025-09-02', both],
    ['review-overdue', '2025-10-01', both],
    ['stopped-for-review', '2025-10-02', both],
    ['suspended', '2024-10-01', [...both, stopped('suspended')]],
    ['in-force', '2024-10-01', [...both, stopped('suspended'), stopped('resumed')]],
    ['ended', '2024-10-01', [...both, stopped('ended')]],
    ['drafted', '2024-10-01', [...both, left('cx')]],
    ['in-force', '2024-10-01', [...both, left('cx'), signed('cx', [0])]],
  ] as const)('is %s on %s', (status, today, happened) => {
    expect(on(today, ...happened)).toBe(status);
  });

  it('is ended after its last day', () => {
    const happened = [
      drafted({ ...smallProtocol, inForce: { from: '2024-09-01', until: '2024-12-31' } }),
      signed('cx', [0]),
      signed('trainer', [1]),
    ];
    expect([on('2024-12-31', ...happened), on('2025-01-01', ...happened)]).toEqual(['in-force', 'ended']);
  });

  it('is superseded from the first day of a later version that all who must have signed', () => {
    const later = [drafted(version2, 'sha256:two'), signed('cx', [0], 2)];
    expect(on('2025-02-01', ...both, ...later)).toBe('in-force');
    const signedToo = [...both, ...later, signed('trainer', [1], 2)];
    expect([on('2024-12-31', ...signedToo), on('2025-01-01', ...signedToo)]).toEqual(['in-force', 'superseded']);
    expect(bindingVersions(given(...signedToo), '2025-01-01').map(({ document }) => document.version)).toEqual([2]);
  });

  it('does not come back when the later version is suspended, ended or left', () => {
    const later = [...both, drafted(version2, 'sha256:two'), signed('cx', [0], 2), signed('trainer', [1], 2)];
    for (const stop of [stopped('suspended', 2), stopped('ended', 2)]) expect(on('2025-02-01', ...later, stop)).toBe('superseded');
    expect(bindingVersions(given(...later, left('cx')), '2025-02-01')).toEqual([]);
  });

  it('is unknown for what was never drafted', () => {
    expect(statusAt(given(), name, '2024-10-01')).toBeUndefined();
    expect(binds(undefined)).toBe(false);
  });

  it('ignores what happens to versions it does not know', () => {
    expect(given(signed('cx', [0]), stopped('ended'))).toEqual(initialLifecycle);
  });
});
