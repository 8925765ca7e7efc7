import { shippedCatalogue } from '#catalogue';
import type { RecordItem } from '#learner-record';
import { BlindNames, rootKeyOf } from '#privacy';
import type { Permit } from '#sharing-protocols';
import { answerItem, mergedIdentityItem, type Opened } from './answer-item.ts';
import { type AnswerTo, namesThings } from './answer-masks.ts';

const to: AnswerTo = {
  recipient: 'forge',
  learner: '5d1c6b1e-6b1f-4b7e-9f52-6d8f6a1f0c01',
  names: new BlindNames(rootKeyOf(Buffer.alloc(32, 7))),
};
const permit: Permit = {
  permit: true,
  clause: 'e2e-passport@1#EP2',
  level: 'full',
  fields: {},
  withoutIdentity: false,
  basis: { article6: 'e' },
  purpose: 'deliver-programme',
};
const OWN: Permit = { permit: true, clause: 'own', level: 'full', fields: {}, withoutIdentity: false, basis: { article6: 'none' } };
const item: RecordItem = { type: 'referral.made', category: 'referral', source: 'yot', facts: {}, revision: 3, at: 0, apart: false };

const opened = (data: Readonly<Record<string, unknown>>, time = '2026-09-01T23:30:00Z'): Opened => ({
  event: {
    source: 'urn:concordat:agency:yot',
    type: 'uk.concordat.referral.made.v1',
    time,
    data,
  },
  position: 4711,
  day: '2026-09-02',
});
const shown = (given: Partial<Permit>, data: Readonly<Record<string, unknown>>, about: Partial<RecordItem> = {}) =>
  answerItem({ item: { ...item, ...about }, permit: { ...permit, ...given } }, opened(data), to);

describe("another agency's item", () => {
  it('is named for each recipient alike whoever was told of it between', () => {
    const kept = opened({});
    const idFor = (recipient: string): string | undefined => answerItem({ item, permit }, kept, { ...to, recipient }).id;
    const [one, other] = [idFor('forge'), idFor('anvil')];
    expect(one).not.toBe(other);
    expect([idFor('forge'), idFor('anvil'), idFor('forge')]).toEqual([one, other, one]);
  });

  it('bears a pairwise id and the day in London; no position, and no message id', () => {
    const answer = shown({}, { referralId: 'r-1', to: 'forge', route: 'yot' });
    expect(answer).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      type: 'uk.concordat.referral.made.v1',
      source: 'urn:concordat:agency:yot',
      category: 'referral',
      time: '2026-09-02',
      clause: 'e2e-passport@1#EP2',
      basis: '6(1)(e)',
      level: 'full',
      purpose: 'deliver-programme',
      data: { referralId: 'r-1', to: 'forge', route: 'yot' },
    });
    expect(answerItem({ item, permit }, opened({}), { ...to, recipient: 'anvil' }).id).not.toBe(answer.id);
  });

  it('is marked where its source does not stand, and where it is disputed', () => {
    expect(shown({}, {}, { confirmed: false })).toMatchObject({ confirmed: false });
    expect(shown({}, {}, { confirmed: true })).not.toHaveProperty('confirmed');
    expect(shown({}, {}, { status: 'disputed' })).toMatchObject({ status: 'disputed', disputed: true });
    expect(shown({}, {}, { status: 'superseded' })).not.toHaveProperty('disputed');
  });

  it('in disguise tells neither whose it is nor by which way it came', () => {
    const answer = shown({ disguised: ['yot', 'custody'] }, { referralId: 'r-1', to: 'forge', route: 'yot', of: 'city-yot' });
    expect(answer).not.toHaveProperty('source');
    expect(answer.data).toEqual({ referralId: 'r-1', to: 'forge', route: 'other-agency' });
    expect(shown({ disguised: ['yot'] }, { route: 'school' }).data).toEqual({ route: 'school' });
  });

  it("shows of an application the recipient's own choices, in an order that is not the learner's", () => {
    const mine = [
      { agency: 'forge', provision: 'welding' },
      { agency: 'forge', provision: 'brickwork' },
    ];
    const answer = shown({ ownChoice: true }, { applicationId: 'a-1', choices: [{ agency: 'college', provision: 'arts' }, ...mine] });
    expect(answer.data).toEqual({ applicationId: 'a-1', choices: mine.toReversed() });
  });

  it('without identity has pairwise ids in place of those that agencies made', () => {
    const data = {
      offerId: 'o-1',
      of: 'college',
      basedOn: ['a-1', 'a-2'],
      supersedes: { assessmentId: 'a-1', reason: 'expired' },
      provision: 'welding',
      cohort: '2026',
    };
    const seen = JSON.parse(JSON.stringify(shown({ withoutIdentity: true }, data).data)) as Record<string, never>;
    expect(seen).toMatchObject({ provision: 'welding', cohort: '2026', supersedes: { reason: 'expired' } });
    const { offerId, of, basedOn, supersedes } = seen as unknown as {
      offerId: string;
      of: string;
      basedOn: readonly string[];
      supersedes: { assessmentId: string };
    };
    for (const id of [offerId, of, ...basedOn, supersedes.assessmentId]) expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(supersedes.assessmentId).toBe(basedOn[0]);
    expect(
      answerItem({ item, permit: { ...permit, withoutIdentity: true } }, opened(data), { ...to, recipient: 'funder' }).data['offerId'],
    ).not.toBe(offerId);
  });

  it('leaves out what is to be withheld', () => {
    expect(shown({}, { givenName: 'Robin', postcode: 'WV1 1AA', contact: '01902' }, { withheld: ['postcode', 'contact'] }).data).toEqual({
      givenName: 'Robin',
    });
  });

  it.each([
    ['that one', '9276308686', { uln: '9276308686' }],
    ['another one', '1000000000', {}],
    ['none', undefined, {}],
  ])('shows a ULN to a recipient that supplied %s', (_which, uln, told) => {
    const ifSupplied = { ...permit, fields: { ifSupplied: ['uln'], except: ['localId'] } };
    expect(answerItem({ item, permit: ifSupplied }, opened({ localId: 'y-1', uln: '9276308686' }), { ...to, uln }).data).toEqual(told);
  });

  it('has a coarser code where the clause says so', () => {
    const answer = shown({ fields: { coarsen: { reason: 'reason-groups' } } }, { programmeId: 'p-1', reason: 'custody' });
    expect(answer.data).toEqual({ programmeId: 'p-1', reasonGroup: expect.any(String) });
    expect(answer.data['reasonGroup']).not.toBe('custody');
  });

  it('of which only the existence is shown says how long it counts', () => {
    const data = { assessmentId: 'a-1', framework: 'initial', assessedOn: '2026-01-01', note: 'x' };
    expect(shown({ level: 'existence', fields: { only: ['assessmentId', 'validUntil'] } }, data).data).toEqual({
      assessmentId: 'a-1',
      validUntil: '2026-06-30',
    });
  });
});

describe("the recipient's own item", () => {
  const own = answerItem({ item: { ...item, confirmed: false }, permit: OWN }, opened({ referralId: 'r-1', route: 'yot' }), to);

  it('has its position, its time as told, all its data, and no mark of being unconfirmed', () => {
    expect(own).toMatchObject({
      position: '4711',
      time: '2026-09-01T23:30:00Z',
      clause: 'own',
      basis: 'own',
      data: { referralId: 'r-1', route: 'yot' },
    });
    expect(own).not.toHaveProperty('confirmed');
    expect(own.id).toBe(shown({}, {}).id);
  });
});

it('the merged identity has neither id, source, position nor time', () => {
  const told = {
    values: { givenName: 'Robin', postcode: 'WV1 1AA', uln: '9276308686' },
    days: { givenName: '2026-09-01', postcode: '2026-09-02' },
  };
  const ground: Permit = { ...permit, clause: 'e2e-passport@1#EP1', fields: { except: ['postcode'], ifSupplied: ['uln'] } };
  const identity = (uln?: string) => mergedIdentityItem(ground, told, { ...to, uln });
  expect(identity('9276308686').data).toMatchObject({ uln: '9276308686' });
  expect(identity()).toEqual({
    type: 'uk.concordat.learner.identity.v1',
    category: 'identity',
    clause: 'e2e-passport@1#EP1',
    basis: '6(1)(e)',
    level: 'full',
    purpose: 'deliver-programme',
    data: { givenName: 'Robin', statedOn: { givenName: '2026-09-01' } },
  });
});

it('the merged identity tells of each field that is shown, and of no other, on which day it was stated', () => {
  const told = {
    values: { givenName: 'Robin', contact: '01902 555 010', uln: '9276308686' },
    days: { givenName: '2026-09-01', contact: '2026-09-02' },
  };
  const { data } = mergedIdentityItem(
    { ...permit, fields: { only: ['givenName', 'contact', 'statedOn'], ifSupplied: ['contact'] } },
    told,
    to,
  );
  expect(data).toEqual({ givenName: 'Robin', statedOn: { givenName: '2026-09-01' } });
});

it('every property that the catalogue says names a thing is one that is masked', () => {
  const named = shippedCatalogue().types.flatMap(({ identifies, refersTo }) => [
    ...(identifies === undefined ? [] : [identifies]),
    ...refersTo,
  ]);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !namesThings(name))).toEqual([]);
});

describe('what is shown without whose it is', () => {
  const called = new Set(['ben', 'maryjane', 'obrien', 'the']);
  const comment = (text: string, given: Partial<Permit> = { withoutIdentity: true }): unknown =>
    answerItem({ item, permit: { ...permit, ...given } }, opened({ comment: text, theme: 'Ben' }), { ...to, called: () => called }).data;

  it.each([
    ['Ben said that BEN’s bus is late', '… said that …’s bus is late'],
    ['Mary-Jane and Mary know O’Brien', '…-… and … know O’…'],
    ['Benches and Bénédicte stay', 'Benches and Bénédicte stay'],
    ['bén came', '… came'],
  ])('%s', (text, shownAs) => expect(comment(text)).toEqual({ comment: shownAs, theme: 'Ben' }));

  it('keeps its words where it says whose it is, and where it is about nobody', () => {
    expect(comment('Ben came', {})).toMatchObject({ comment: 'Ben came' });
    const nobodys = answerItem({ item, permit: { ...permit, withoutIdentity: true } }, opened({ comment: 'Ben came' }), to).data;
    expect(nobodys).toEqual({ comment: 'Ben came' });
  });
});
