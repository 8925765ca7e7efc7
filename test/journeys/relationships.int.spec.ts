// Relationships come from events, and begin and end with them (sharing-matrix.md). What they open is told in clauses.int.spec.ts.
import { fixedClock } from '#kernel';
import { risk, RiskShown } from './risk-shown.ts';
import { assessment, consent, Town } from './town.ts';
import {
  about,
  adviser,
  confirmed,
  DAY,
  leaving,
  linesOf,
  linkAdviser,
  linkConfirmed,
  MORNING,
  programme,
  referral,
  signOff,
} from './told.ts';

const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock });
});
afterAll(() => town.close());

const { newLearner, newLearnerAtRisk, see, seesRisk } = new RiskShown(() => town);

describe('referred-to', () => {
  it('begins with the referral and stays when accepted; enrolled, the agency still sees the referral', async () => {
    const uln = await newLearner(['careers']);
    expect((await see('forge', 'deliver-programme', uln)).status).toBe(404);
    await town.tell('careers', referral(uln, 'forge', { referralId: 'r-1' }));
    expect(linesOf(await see('forge', 'deliver-programme', uln))).toEqual(['learner.identity by EP1', 'referral.made by EP2']);
    await town.tell('forge', about(uln, 'referral.accepted', { referralId: 'r-1' }));
    expect(linesOf(await see('forge', 'deliver-programme', uln))).toContain('referral.made by EP2');
    await town.tell('forge', programme(uln, 'p-1'));
    const enrolled = ['learner.identity by EP1', 'referral.made by EP2', 'referral.accepted by own', 'programme.started by own'];
    expect(linesOf(await see('forge', 'deliver-programme', uln))).toEqual(enrolled);
  });

  it('ends when the agency named declines, and no other may', async () => {
    const uln = await newLearner(['careers', 'wulfrun']);
    await town.tell('careers', referral(uln, 'forge', { referralId: 'r-1' }));
    await town.tell('wulfrun', about(uln, 'referral.declined', { referralId: 'r-1', of: 'careers' }));
    expect(linesOf(await see('forge', 'deliver-programme', uln))).toContain('referral.made by EP2');
    await town.tell('careers', confirmed(uln, 'wulfrun'));
    const [byAnother] = await town.send('wulfrun', about(uln, 'referral.declined', { referralId: 'r-1', of: 'careers' }));
    expect(byAnother?.problem?.code).toBe('unknown-reference');
    await town.tell('forge', about(uln, 'referral.declined', { referralId: 'r-1', reason: 'Full.' }));
    expect(linesOf(await see('forge', 'deliver-programme', uln))).toEqual(['referral.declined by own']);
    const [later] = await town.send('forge', programme(uln, 'p-1'));
    expect(later?.problem?.code).toBe('no-such-learner');
  });

  it('that was declined lets its referrer see the answer for 180 days, and no longer', async () => {
    const uln = await newLearner(['st-chads', 'forge']);
    await town.tell('st-chads', about(uln, 'referral.made', { referralId: 'r-1', to: 'forge', route: 'school' }));
    await town.tell('forge', about(uln, 'referral.declined', { referralId: 'r-1' }));
    const start = clock.now();
    clock.set(start + 180 * DAY);
    expect(linesOf(await see('st-chads', 'deliver-programme', uln))).toContain('referral.declined by EP2');
    clock.set(start + 180 * DAY + 1);
    expect(linesOf(await see('st-chads', 'deliver-programme', uln))).not.toContain('referral.declined by EP2');
    clock.set(start);
  });
});

describe('enrolled-with', () => {
  it('unconfirmed opens nothing, whatever the purpose or consent, and lets contribute', async () => {
    const uln = await newLearner(['careers', 'city-yot', 'social', 'anvil']);
    await town.tell('careers', assessment(uln), adviser(uln), about(uln, 'circumstance.noted', { kind: 'housing', note: 'Moves.' }));
    await town.tell('city-yot', risk(uln));
    await town.tell(
      'social',
      consent(uln, 'c-1', { purposes: ['plan-learning', 'support-learner'], categories: ['assessment', 'circumstance', 'programme'] }),
    );
    await town.tell(
      'anvil',
      programme(uln, 'p-1'),
      about(uln, 'attendance.concern', { programmeId: 'p-1', on: '2026-09-20', kind: 'late' }),
    );
    const every = [...town.node.registers.inForce('2026-10-01').purposes].join(',');
    expect(linesOf(await see('anvil', every, uln)).every((line) => line.endsWith(' by own'))).toBe(true);
  });

  it('counts by the sign-off of connexions', async () => {
    const uln = await newLearnerAtRisk(['careers', 'forge']);
    await town.tell('forge', programme(uln, 'p-1'));
    await town.tell('careers', adviser(uln));
    expect(await seesRisk('forge', uln)).toBe(false);
    await town.tell('careers', signOff(uln, 'p-1'));
    expect(await seesRisk('forge', uln)).toBe(true);
  });

  it('counts by a referral that names the agency, before or after', async () => {
    const uln = await newLearnerAtRisk(['careers', 'forge']);
    await town.tell('forge', programme(uln, 'p-1'));
    await town.tell('careers', referral(uln, 'anvil'));
    expect(await seesRisk('forge', uln)).toBe(false);
    await town.tell('careers', referral(uln, 'forge'));
    expect(await seesRisk('forge', uln)).toBe(true);
    await town.tell('anvil', programme(uln, 'p-2'));
    expect(await seesRisk('anvil', uln)).toBe(true);
  });

  it('counts by an application placed there, not by one submitted', async () => {
    const uln = await newLearnerAtRisk(['careers', 'forge']);
    await town.tell('careers', about(uln, 'learner.corrected', { postcode: 'WV1 1AA', reason: 'moved' }));
    await town.tell('forge', programme(uln, 'p-1'));
    const application = { applicationId: 'ap-1', choices: [{ agency: 'forge', provision: 'Bricklaying' }] };
    await town.tell('careers', about(uln, 'application.submitted', application));
    expect(await seesRisk('forge', uln)).toBe(false);
    await town.tell('council', about(uln, 'application.placed', application));
    expect(await seesRisk('forge', uln)).toBe(true);
  });
});

describe('adviser-for', () => {
  const seesProgramme = async (agency: string, uln: string): Promise<boolean> =>
    linesOf(await see(agency, 'support-learner', uln)).includes('programme.started by EP5');

  it('is the last of its role; the other role, key workers and mentors displace nobody', async () => {
    const uln = await newLearner(['st-chads', 'careers', 'careers-south', 'forge']);
    await town.tell('st-chads', referral(uln, 'forge', { route: 'school' }));
    for (const service of ['careers', 'careers-south']) await town.tell('st-chads', referral(uln, service, { route: 'school' }));
    await town.tell('forge', programme(uln, 'p-1'));
    await town.tell('careers', adviser(uln));
    await town.tell('forge', adviser(uln, 'key-worker'), adviser(uln, 'mentor'));
    await town.tell('careers-south', adviser(uln, 'link-adviser'));
    expect([await seesProgramme('careers', uln), await seesProgramme('careers-south', uln)]).toEqual([true, true]);
    await town.tell('careers', adviser(uln, 'link-adviser'));
    expect([await seesProgramme('careers', uln), await seesProgramme('careers-south', uln)]).toEqual([true, false]);
    await town.tell('careers-south', adviser(uln));
    await town.tell('careers-south', adviser(uln, 'link-adviser'));
    expect([await seesProgramme('careers', uln), await seesProgramme('careers-south', uln)]).toEqual([false, true]);
    for (const role of ['key-worker', 'mentor'] as const) {
      const [receipt] = await town.send('careers', adviser(uln, role));
      expect(receipt?.problem?.code).toBe('role-not-allowed');
    }
  });

  it('remains when the ground that was asked for once is gone', async () => {
    const uln = await newLearner(['st-chads', 'careers', 'forge']);
    await town.tell(
      'st-chads',
      referral(uln, 'forge', { route: 'school' }),
      referral(uln, 'careers', { route: 'school', referralId: `r-${uln}` }),
    );
    await town.tell('forge', programme(uln, 'p-1'));
    await town.tell('careers', adviser(uln));
    await town.tell('st-chads', about(uln, 'referral.withdrawn', { referralId: `r-${uln}` }));
    expect(await seesProgramme('careers', uln)).toBe(true);
  });
});

describe('resident-area', () => {
  it('moves with the last accepted postcode, however it is written', async () => {
    const uln = await newLearner(['forge'], 'wv11aa');
    await town.tell('forge', programme(uln, 'p-1'), leaving(uln, 'p-1'));
    const leavers = async (): Promise<readonly number[]> =>
      Promise.all(['careers', 'careers-south', 'council'].map(async (slug) => (await see(slug, 'track-participation', uln)).status));
    expect(await leavers()).toEqual([200, 404, 200]);
    const [wrong] = await town.send('st-chads', about(uln, 'learner.corrected', { postcode: 'B1 1AA', reason: 'moved' }));
    expect(wrong?.problem?.code).toBe('no-such-learner');
    expect(await leavers()).toEqual([200, 404, 200]);
    await town.tell('forge', about(uln, 'learner.corrected', { postcode: 'b1 1aa', reason: 'moved' }));
    expect(await leavers()).toEqual([404, 200, 404]);
  });

  it('is of the whole outward code: WV1 is not WV11', async () => {
    const uln = await newLearner(['forge'], 'WV11 1AA');
    expect((await see('council', 'track-participation', uln)).status).toBe(404);
  });
});

describe('link-for-provider', () => {
  it('is of the provider where the learner is enrolled, and of its current link adviser alone', async () => {
    const uln = await newLearner(['forge', 'anvil']);
    await town.tell('careers', linkAdviser('forge'));
    await town.tell('careers-south', linkAdviser('anvil'));
    await town.tell('forge', programme(uln, 'p-1'));
    const statuses = async (): Promise<readonly number[]> =>
      Promise.all(['careers', 'careers-south'].map(async (slug) => (await see(slug, 'deliver-programme', uln)).status));
    expect(await statuses()).toEqual([404, 404]);
    await town.tell('forge', linkConfirmed('careers'));
    expect(await statuses()).toEqual([200, 404]);
    await town.tell('careers-south', linkAdviser('forge'));
    await town.tell('forge', linkConfirmed('careers-south'));
    expect(await statuses()).toEqual([404, 200]);
  });
});

describe('home-institution', () => {
  it('counts once a consent of another names the school, and ends with the course', async () => {
    const uln = await newLearner(['careers', 'forge', 'st-chads']);
    await town.tell('careers', referral(uln, 'forge'), consent(uln, 'c-1', { categories: ['programme'], recipients: ['school'] }));
    await town.tell('forge', programme(uln, 'p-1'));
    await town.tell('st-chads', programme(uln, 's-1', { kind: 'school-course' }));
    expect(linesOf(await see('st-chads', 'plan-learning', uln))).not.toContain('programme.started by EP9');
    await town.tell('careers', consent(uln, 'c-2', { categories: ['review'], recipients: ['st-chads'] }));
    expect(linesOf(await see('st-chads', 'plan-learning', uln))).toContain('programme.started by EP9');
    await town.tell('st-chads', about(uln, 'programme.moved-on', { programmeId: 's-1', on: '2026-09-30', destination: '230' }));
    expect(linesOf(await see('st-chads', 'plan-learning', uln))).not.toContain('programme.started by EP9');
  });
});
