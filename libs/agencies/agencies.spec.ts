import type { Role } from '#catalogue';
import {
  type AgencyDecision,
  decideEndAgency,
  decideReadmitAgency,
  decideRegister,
  decideRegisterKey,
  decideRevokeKey,
  decideSuspendAgency,
} from './agencies.decide.ts';
import type { AgencyEvent, AgencyRegistered, KeyRegistered } from './agencies.events.ts';
import { type AgenciesState, evolveAgencies, initialAgencies, isInForce, stateOf } from './agencies.ts';

const yot: AgencyRegistered = { slug: 'city-yot', name: 'City YOT', roles: ['yot'], districts: ['WV1'] };
const college: AgencyRegistered = { slug: 'wulfrun', name: 'College', roles: ['college'], districts: [] };
const key: KeyRegistered = { slug: 'city-yot', use: 'sig', kid: 'k1', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' }, from: 1000 };
const registered = (data: AgencyRegistered): AgencyEvent => ({ type: 'uk.concordat.agency.registered.v1', data });
const keyRegistered = (data: KeyRegistered): AgencyEvent => ({ type: 'uk.concordat.agency.key-registered.v1', data });
const revoked = { slug: 'city-yot', kid: 'k1', at: 5000, reason: 'laptop lost' };
const keyRevoked: AgencyEvent = { type: 'uk.concordat.agency.key-revoked.v1', data: revoked };

const given = (...events: readonly AgencyEvent[]): AgenciesState => events.reduce(evolveAgencies, initialAgencies);
const events = (decision: AgencyDecision): readonly AgencyEvent[] => (decision.accepted ? decision.events : []);
const code = (decision: AgencyDecision): string => (decision.accepted ? 'accepted' : decision.rejection.code);
const keysOf = (state: AgenciesState) => state.bySlug.get('city-yot')?.keys ?? [];
const inForceAt = (state: AgenciesState, at: number) =>
  keysOf(state)
    .filter((one) => isInForce(one, at))
    .map(({ kid }) => kid);

describe('registering an agency', () => {
  it('records it', () => {
    expect(events(decideRegister(yot, given()))).toEqual([registered(yot)]);
  });

  it('records what changed, and keeps its keys', () => {
    const renamed = { ...yot, name: 'City Youth Offending Team' };
    const state = given(registered(yot), keyRegistered(key));
    expect(events(decideRegister(renamed, state))).toEqual([registered(renamed)]);
    expect(evolveAgencies(state, registered(renamed)).bySlug.get('city-yot')).toMatchObject({ ...renamed, keys: [{ kid: 'k1' }] });
  });

  it('writes districts in one form, each once', () => {
    const said = { ...yot, districts: ['wv14  8', ' WV1', 'wv1', 'EC1A 1bb'] };
    expect(events(decideRegister(said, given()))).toEqual([registered({ ...yot, districts: ['WV14 8', 'WV1', 'EC1A 1BB'] })]);
    expect(decideRegister({ ...yot, districts: ['wv1'] }, given(registered(yot)))).toEqual({ accepted: true, events: [] });
  });

  it('records to which legal entity it belongs, and that it no longer does', () => {
    const member = { ...yot, entity: 'city-council' };
    expect(events(decideRegister(member, given(registered(yot))))).toEqual([registered(member)]);
    expect(events(decideRegister(yot, given(registered(member))))).toEqual([registered(yot)]);
    expect(evolveAgencies(given(registered(member)), registered(yot)).bySlug.get('city-yot')).not.toHaveProperty('entity');
  });

  it('records nothing where all is as it was', () => {
    expect(decideRegister({ ...yot, roles: [...yot.roles] }, given(registered(yot)))).toEqual({ accepted: true, events: [] });
  });

  it.each<[string, AgencyRegistered]>([
    ['slug-malformed', { ...yot, slug: 'City YOT' }],
    ['slug-malformed', { ...yot, slug: '../x' }],
    ['slug-reserved', { ...yot, slug: 'yot' }],
    ['slug-reserved', { ...yot, slug: 'self-service' }],
    ['slug-reserved', { ...yot, slug: 'data-manager' }],
    ['slug-reserved', { ...yot, slug: 'dpo-of' }],
    ['slug-reserved', { ...yot, slug: 'own' }],
    ['no-role', { ...yot, roles: [] }],
    ['unknown-role', { ...yot, roles: ['pirate' as Role] }],
    ['district-malformed', { ...yot, districts: ['WV1', 'Wolverhampton'] }],
    ['district-malformed', { ...yot, districts: ['WV148'] }],
    ['entity-malformed', { ...yot, entity: 'City Council' }],
  ])('is refused: %s', (refusal, data) => {
    expect(code(decideRegister(data, given()))).toBe(refusal);
  });
});

describe('registering a key', () => {
  it('records it', () => {
    const state = given(registered(yot));
    expect(events(decideRegisterKey(key, state))).toEqual([keyRegistered(key)]);
    expect(keysOf(given(registered(yot), keyRegistered(key)))).toEqual([{ kid: 'k1', use: 'sig', jwk: key.jwk, from: 1000 }]);
  });

  it('records nothing where it is in force already', () => {
    expect(decideRegisterKey({ ...key, from: 2000 }, given(registered(yot), keyRegistered(key)))).toEqual({ accepted: true, events: [] });
  });

  it.each<[string, KeyRegistered, AgenciesState]>([
    ['unknown-agency', key, given()],
    ['key-taken', { ...key, slug: 'wulfrun' }, given(registered(yot), registered(college), keyRegistered(key))],
    ['key-has-other-use', { ...key, use: 'enc' }, given(registered(yot), keyRegistered(key))],
    ['key-ended', { ...key, from: 6000 }, given(registered(yot), keyRegistered(key), keyRevoked)],
  ])('is refused: %s', (refusal, data, state) => {
    expect(code(decideRegisterKey(data, state))).toBe(refusal);
  });
});

describe('rotating a key', () => {
  const second = { ...key, kid: 'k2', from: 2000, othersEnd: 3000 };
  const state = given(registered(yot), keyRegistered(key), keyRegistered({ ...key, kid: 'e1', use: 'enc' }), keyRegistered(second));

  it('lets both keys hold while they overlap, then the new one alone', () => {
    expect([999, 1000, 1999, 2000, 2999, 3000].map((at) => inForceAt(state, at).filter((kid) => kid !== 'e1'))).toEqual([
      [],
      ['k1'],
      ['k1'],
      ['k1', 'k2'],
      ['k1', 'k2'],
      ['k2'],
    ]);
  });

  it('leaves keys of the other use', () => {
    expect(inForceAt(state, 9000)).toEqual(['e1', 'k2']);
  });

  it('prolongs no key that ends before', () => {
    const third = given(
      registered(yot),
      keyRegistered(key),
      keyRegistered(second),
      keyRegistered({ ...key, kid: 'k3', from: 2500, othersEnd: 9000 }),
    );
    expect(inForceAt(third, 3000)).toEqual(['k2', 'k3']);
  });
});

describe('revoking a key', () => {
  const state = given(registered(yot), keyRegistered(key));

  it('ends it at once, and not before', () => {
    expect(events(decideRevokeKey(revoked, state))).toEqual([keyRevoked]);
    const after = evolveAgencies(state, keyRevoked);
    expect([4999, 5000].map((at) => inForceAt(after, at))).toEqual([['k1'], []]);
    expect(keysOf(after)[0]?.revoked).toEqual({ at: 5000, reason: 'laptop lost' });
  });

  it('changes nothing the second time', () => {
    expect(decideRevokeKey({ ...revoked, at: 9000 }, evolveAgencies(state, keyRevoked))).toEqual({ accepted: true, events: [] });
  });

  it.each<[string, AgenciesState]>([
    ['unknown-agency', given()],
    ['unknown-key', given(registered(yot))],
  ])('is refused: %s', (refusal, before) => {
    expect(code(decideRevokeKey(revoked, before))).toBe(refusal);
  });
});

describe('whether an agency takes part', () => {
  const why = { slug: 'city-yot', at: 5000, reason: 'inspection' };
  const part = (how: 'suspended' | 'ended' | 'readmitted'): AgencyEvent => ({ type: `uk.concordat.agency.${how}.v1`, data: why });
  const active = [registered(yot), keyRegistered(key)];
  const stateAfter = (...happened: readonly AgencyEvent[]): string | undefined => {
    const agency = given(...happened).bySlug.get('city-yot');
    return agency && stateOf(agency);
  };

  it('is recorded as suspended, ended and readmitted, with the reason', () => {
    expect(events(decideSuspendAgency(why, given(...active)))).toEqual([part('suspended')]);
    expect(events(decideEndAgency(why, given(...active)))).toEqual([part('ended')]);
    expect(events(decideEndAgency(why, given(...active, part('suspended'))))).toEqual([part('ended')]);
    for (const stop of [part('suspended'), part('ended')])
      expect(events(decideReadmitAgency(why, given(...active, stop)))).toEqual([part('readmitted')]);
  });

  it('is the last thing said', () => {
    expect(stateAfter(...active)).toBe('taking-part');
    expect(stateAfter(...active, part('suspended'))).toBe('suspended');
    expect(stateAfter(...active, part('suspended'), part('ended'))).toBe('ended');
    expect(stateAfter(...active, part('ended'), part('readmitted'))).toBe('taking-part');
    expect(given(...active, part('suspended')).bySlug.get('city-yot')?.stopped).toEqual({
      as: 'suspended',
      at: 5000,
      reason: 'inspection',
    });
  });

  it('does not change with its name, its keys or their end', () => {
    expect(
      stateAfter(...active, part('suspended'), registered({ ...yot, name: 'Other' }), keyRegistered({ ...key, kid: 'k2' }), keyRevoked),
    ).toBe('suspended');
  });

  it('is not recorded twice', () => {
    expect(decideSuspendAgency(why, given(...active, part('suspended')))).toEqual({ accepted: true, events: [] });
    expect(decideEndAgency(why, given(...active, part('ended')))).toEqual({ accepted: true, events: [] });
    expect(decideReadmitAgency(why, given(...active))).toEqual({ accepted: true, events: [] });
  });

  it.each<[string, AgencyDecision]>([
    ['unknown-agency', decideSuspendAgency(why, given())],
    ['unknown-agency', decideEndAgency(why, given())],
    ['unknown-agency', decideReadmitAgency(why, given())],
    ['agency-ended', decideSuspendAgency(why, given(...active, part('ended')))],
    ['no-key-in-force', decideReadmitAgency({ ...why, at: 6000 }, given(...active, part('ended'), keyRevoked))],
    ['no-key-in-force', decideReadmitAgency(why, given(registered(yot), keyRegistered({ ...key, use: 'enc' }), part('ended')))],
  ])('is refused: %s', (refusal, decision) => {
    expect(code(decision)).toBe(refusal);
  });
});

it('says what to do, without a word of what was sent', () => {
  const decisions = [
    decideRegister({ ...yot, slug: '<b>' }, given()),
    decideRegisterKey({ ...key, slug: '<b>' }, given()),
    decideRevokeKey(revoked, given(registered(yot))),
  ];
  for (const decision of decisions) {
    const says = decision.accepted ? '' : decision.rejection.says;
    expect(says).toMatch(/\.$/);
    expect(says).not.toContain('<b>');
  }
});
