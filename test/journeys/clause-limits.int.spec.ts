// What clauses leave out, and what beats them (sharing-matrix.md): fields, sources, codes, choices, prohibitions.
import { fixedClock } from '#kernel';
import { assessment, consent, registration, type SeenItem, Town, ulnOf } from './town.ts';
import { CAST } from './townsfolk.ts';
import { about, adviser, confirmed, leaving, linkAdviser, linkConfirmed, MORNING, programme, referral } from './told.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING), cast: [...CAST, { slug: 'academy', roles: ['school', 'connexions'] }] });
});
afterAll(() => town.close());

let learners = 0;
const newUln = (): string => ulnOf(++learners);

const everyPurpose = (): string => [...town.node.registers.inForce('2026-10-01').purposes].join(', ');

const seen = async (agency: string, purpose: string, uln: string): Promise<readonly SeenItem[]> => {
  const { status, body } = await town.passport(agency, purpose, `uln:${uln}`);
  expect([200, 403]).toContain(status);
  return body.items ?? [];
};
const typed = async (agency: string, purpose: string, uln: string, type: string): Promise<SeenItem | undefined> =>
  (await seen(agency, purpose, uln)).find((item) => item.type === `uk.concordat.${type}.v1`);

/** Founded by `careers`, which vouches for these. */
const learnerWith = async (...stand: readonly string[]): Promise<string> => {
  const uln = newUln();
  await town.tell('careers', registration(uln, `careers-${uln}`, { postcode: 'ZZ9 9ZZ' }));
  for (const slug of stand) await town.tell('careers', confirmed(uln, slug));
  for (const slug of stand) await town.tell(slug, registration(uln, `${slug}-${uln}`, { postcode: 'ZZ9 9ZZ' }));
  return uln;
};

describe('the merged identity', () => {
  it('has no local id, the ULN only for whom supplied it, the day of each field, no source, id, time or position', async () => {
    const uln = newUln();
    await town.tell('careers', registration(uln, 'SECRET-LOCAL-ID'), referral(uln, 'forge'));
    expect(await typed('forge', 'deliver-programme', uln, 'learner.identity')).toEqual({
      type: 'uk.concordat.learner.identity.v1',
      category: 'identity',
      clause: 'e2e-passport@1#EP1',
      basis: '6(1)(e)',
      level: 'full',
      purpose: 'deliver-programme',
      data: {
        givenName: 'Sam',
        familyName: 'Example-SECRET-LOCAL-ID',
        dateOfBirth: '2010-05-06',
        postcode: 'WV1 1AA',
        statedOn: { givenName: '2026-10-01', familyName: '2026-10-01', dateOfBirth: '2026-10-01', postcode: '2026-10-01' },
      },
    });
    await town.tell('forge', about(uln, 'circumstance.noted', { kind: 'housing', note: 'Moves.' }));
    const second = await town.passport('forge', 'deliver-programme', `uln:${uln}`);
    expect(second.body.items?.find(({ category }) => category === 'identity')?.data).toMatchObject({ uln });
    expect(second.text).not.toContain('"localId"');
  });

  it('is made of what counts: a correction beats a registration, a stranger changes nothing', async () => {
    const uln = await learnerWith('wulfrun');
    await town.tell('careers', referral(uln, 'forge'), about(uln, 'learner.corrected', { familyName: 'Corrected', reason: 'Misspelt.' }));
    await town.tell('wulfrun', registration(uln, `wulfrun-2-${uln}`, { familyName: 'Later', postcode: 'ZZ9 9ZZ' }));
    await town.tell('anvil', registration(uln, `anvil-${uln}`, { familyName: 'Stranger', sex: 'f', postcode: 'B1 1AA' }));
    const identity = await typed('forge', 'deliver-programme', uln, 'learner.identity');
    expect(identity?.data).toMatchObject({ familyName: 'Corrected', postcode: 'ZZ9 9ZZ' });
    expect(identity?.data).not.toHaveProperty('sex');
  });

  it('does not tell what the youth offending team or social services stated, but to the adviser and to them', async () => {
    const uln = await learnerWith('city-yot', 'social');
    await town.tell('careers', referral(uln, 'forge'), adviser(uln));
    await town.tell('social', adviser(uln, 'dedicated-adviser'));
    await town.tell('city-yot', about(uln, 'learner.corrected', { familyName: 'Known-To-Yot', reason: 'Changed.' }));
    const named = async (agency: string): Promise<unknown> =>
      (await typed(agency, 'deliver-programme', uln, 'learner.identity'))?.data['familyName'];
    expect(await named('forge')).toBe(`Example-careers-${uln}`);
    expect([await named('careers'), await named('social')]).toEqual(['Known-To-Yot', 'Known-To-Yot']);
  });

  it('passes no clause where a postcode is told to be withheld, and the one before it neither', async () => {
    const uln = await learnerWith();
    await town.tell(
      'careers',
      referral(uln, 'forge'),
      about(uln, 'learner.corrected', { postcode: 'WV1 7QQ', withheld: true, reason: 'At risk.' }),
    );
    const { text } = await town.passport('forge', everyPurpose(), `uln:${uln}`);
    expect(text).not.toContain('WV1 7QQ');
    expect(text).not.toContain('ZZ9 9ZZ');
    const resident = await town.passport('council', everyPurpose(), `uln:${uln}`);
    expect(resident.status).toBe(200);
    expect(resident.text).not.toContain('WV1 7QQ');
  });
});

describe('of offences', () => {
  it('nothing reaches a school, not even one that is the adviser too (YJ-never)', async () => {
    const uln = await learnerWith('city-yot', 'academy', 'st-chads');
    await town.tell('academy', adviser(uln));
    await town.tell('st-chads', programme(uln, `p-${uln}`, { kind: 'school-course' }));
    await town.tell('city-yot', about(uln, 'offence.noted', { incident: 'A-THEFT' }), referral(uln, 'castings', { route: 'yot' }));
    for (const slug of ['academy', 'st-chads', 'castings']) {
      const { status, text } = await town.passport(slug, everyPurpose(), `uln:${uln}`);
      expect([200, 403]).toContain(status);
      expect(text).not.toContain('A-THEFT');
      expect(text).not.toContain('offence.noted');
    }
  });

  it('a referral tells no adviser that the youth offending team made it, unless a clause on offences admits that adviser (EP2)', async () => {
    const uln = await learnerWith('city-yot', 'social');
    await town.tell('careers', adviser(uln));
    await town.tell('social', adviser(uln, 'dedicated-adviser'));
    await town.tell('city-yot', referral(uln, 'forge', { referralId: `r-${uln}`, route: 'yot', reason: 'Wants to work.' }));
    await town.tell('forge', about(uln, 'referral.accepted', { referralId: `r-${uln}`, of: 'city-yot' }));
    const shown = async (agency: string) => typed(agency, 'deliver-programme', uln, 'referral.made');
    expect(await shown('social')).toMatchObject({ clause: 'e2e-passport@1#EP2', data: { route: 'other-agency', to: 'forge' } });
    expect(await shown('social')).not.toHaveProperty('source');
    for (const agency of ['careers', 'forge']) {
      expect(await shown(agency)).toMatchObject({ source: 'urn:concordat:agency:city-yot', data: { route: 'yot' } });
    }
    const answer = await typed('social', 'deliver-programme', uln, 'referral.accepted');
    expect(answer?.data).toEqual({ referralId: `r-${uln}` });
    expect((await typed('careers', 'deliver-programme', uln, 'referral.accepted'))?.data).toEqual({
      referralId: `r-${uln}`,
      of: 'city-yot',
    });
  });
});

describe('of several clauses', () => {
  it('the fullest decides, whole', async () => {
    const uln = await learnerWith('wulfrun', 'social');
    await town.tell('wulfrun', assessment(uln));
    await town.tell('social', referral(uln, 'forge', { route: 'other-agency' }), consent(uln, `c-${uln}`, { recipients: ['forge'] }));
    const shown = (await seen('forge', 'deliver-programme, plan-learning', uln)).filter(({ category }) => category === 'assessment');
    expect(shown).toMatchObject([{ clause: 'e2e-passport@1#EP3', purpose: 'plan-learning', level: 'full' }]);
  });
});

describe('an APIR', () => {
  const factors = [
    { code: 'housing', level: 3 },
    { code: 'substance-use', level: 2 },
    { code: 'risk-of-offending', level: 4 },
  ];
  it.each([
    ['witnessed consent, without the factors on health and offending', 'verbal-witnessed', factors.slice(0, 1)],
    ['explicit consent, with them', 'signed-form', factors],
  ] as const)('is read with %s (AR1)', async (_how, method, shown) => {
    const uln = await learnerWith('social');
    await town.tell('careers', assessment(uln, { framework: 'apir', domain: 'whole', factors }), referral(uln, 'wulfrun'));
    const scope = { protocol: 'initial-assessment-reuse', categories: ['apir'], recipients: ['college'], evidence: 'Form 7' };
    await town.tell('social', consent(uln, `c-${uln}`, { ...scope, method }));
    expect((await typed('wulfrun', 'plan-learning', uln, 'assessment.recorded'))?.data['factors']).toEqual(shown);
  });
});

describe('an application', () => {
  it('is shown to a place that was chosen without the other choices and the rank; to the broker in full (AB1)', async () => {
    const uln = await learnerWith('st-chads');
    const choices = [
      { agency: 'anvil', provision: 'Bricklaying' },
      { agency: 'wulfrun', provision: 'Catering' },
    ];
    await town.tell(
      'st-chads',
      about(uln, 'application.submitted', { applicationId: `ap-${uln}`, choices }),
      about(uln, 'learner.corrected', { postcode: 'WV1 1AA', reason: 'Moved.' }),
    );
    const shown = async (agency: string) => (await typed(agency, 'match-provision', uln, 'application.submitted'))?.data['choices'];
    expect(await shown('anvil')).toEqual([{ agency: 'anvil', provision: 'Bricklaying' }]);
    expect(await shown('wulfrun')).toEqual([{ agency: 'wulfrun', provision: 'Catering' }]);
    expect(await shown('council')).toEqual(choices);
  });
});

describe('whoever referred', () => {
  it('hears of programmes that began on or after the referral, and of none before (EP8)', async () => {
    const uln = await learnerWith('city-yot', 'forge');
    await town.tell('forge', programme(uln, `old-${uln}`, { startedOn: '2026-09-30' }));
    await town.tell('city-yot', referral(uln, 'forge', { referralId: `r-${uln}`, route: 'yot' }));
    await town.tell(
      'forge',
      about(uln, 'referral.accepted', { referralId: `r-${uln}`, of: 'city-yot' }),
      programme(uln, `new-${uln}`, { startedOn: '2026-10-01' }),
    );
    const programmes = (await seen('city-yot', 'support-learner', uln)).filter(({ category }) => category === 'programme');
    expect(programmes.map(({ clause, data }) => [clause, data['programmeId']])).toEqual([['e2e-passport@1#EP8', `new-${uln}`]]);
  });
});

describe('the link adviser', () => {
  it('sees also whoever nobody vouched for, marked; whether there is an adviser only where the register gives both a district (EP7)', async () => {
    const uln = newUln();
    await town.tell('careers-south', registration(uln, `south-${uln}`, { postcode: 'B1 1AA' }), adviser(uln));
    await town.tell('careers', linkAdviser('anvil'));
    await town.tell(
      'anvil',
      linkConfirmed('careers'),
      registration(uln, `anvil-${uln}`, { postcode: 'ZZ9 9ZZ' }),
      programme(uln, `p-${uln}`),
      leaving(uln, `p-${uln}`),
    );
    const items = await seen('careers', 'deliver-programme', uln);
    expect(items.map(({ type, clause, confirmed: marked }) => [type, clause, marked])).toEqual(
      ['learner.registered', 'programme.started', 'programme.left-early'].map((type) => [
        `uk.concordat.${type}.v1`,
        'e2e-passport@1#EP7',
        false,
      ]),
    );
    await town.tell('careers-south', about(uln, 'adviser.informed', { programmeId: `p-${uln}`, of: 'anvil', on: '2026-09-30' }));
    const vouched = await seen('careers', 'deliver-programme', uln);
    expect(vouched.map(({ confirmed: marked }) => marked)).toEqual([undefined, undefined, undefined, undefined]);
    expect(vouched.find(({ category }) => category === 'adviser')).toMatchObject({
      level: 'existence',
      data: { role: 'personal-adviser' },
    });
  });
});
