// Pupils of 14 to 16 off site (views.md, part 8): an agreement that ships ready to sign opens nothing until a school and a provider sign.
// Then attendance, safety and results come back to the school that sent the pupil, and to no other.
import { jest } from '@jest/globals';
import type { AgencySlug } from '#kernel';
import { fixedClock } from '#kernel';
import { protocolsReadyToSign, signDocument } from '#sharing-protocols';
import { about, linesOf, MORNING, programme, referral } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';
import { CAST } from './townsfolk.ts';

jest.setTimeout(120_000);
const [uln, clock] = [ulnOf(1), fixedClock(MORNING)];
const PURPOSES = 'deliver-programme, support-learner, safeguard';
const [document] = protocolsReadyToSign().filter(({ id }) => id === 'link-course');

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, following: true, cast: [...CAST, { slug: 'moseley', roles: ['school'] }] });
  const school = { programmeId: 'y10', kind: 'school-course' as const, title: 'Year 10' };
  await town.tell('st-chads', registration(uln, 's-1'), programme(uln, 'y10', school));
  await town.tell('st-chads', referral(uln, 'forge', { referralId: 'link', route: 'school' }));
  await town.tell('st-chads', about(uln, 'circumstance.noted', { kind: 'support-need', note: 'Reads with a ruler.' }));
  await town.tell('st-chads', about(uln, 'circumstance.noted', { kind: 'health', note: 'Epilepsy.' }));
  await town.tell('forge', registration(uln, 'f-1'), about(uln, 'referral.accepted', { referralId: 'link' }));
  await town.tell('forge', programme(uln, 'motor', { title: 'Motor vehicle, Fridays', startedOn: '2026-10-01' }));
  await town.tell('forge', about(uln, 'attendance.concern', { programmeId: 'motor', on: '2026-10-01', kind: 'late' }));
  const achieved = { achievementId: 'a', kind: 'accredited', title: 'Workshop safety', awardedOn: '2026-10-01' } as const;
  await town.tell('forge', about(uln, 'achievement.recorded', achieved));
  await town.tell('forge', about(uln, 'circumstance.noted', { kind: 'caring', note: 'Looks after a brother.' }));
});
afterAll(() => town.close());

const othersFor = async (agency: AgencySlug): Promise<readonly string[]> =>
  linesOf(await town.passport(agency, PURPOSES, `uln:${uln}`))
    .filter((line) => !line.endsWith('own'))
    .toSorted();
const statusFor = async (agency: AgencySlug): Promise<number> => (await town.passport(agency, PURPOSES, `uln:${uln}`)).status;

const shownIn = async (): Promise<unknown> => {
  const response = await fetch(`${town.server.url}/v1/protocols`);
  const { protocols } = (await response.json()) as { readonly protocols: readonly { readonly id: string; readonly status: string }[] };
  return protocols.filter(({ id }) => id === 'link-course').map(({ status }) => status);
};

const signed = async (agency: AgencySlug): Promise<void> => {
  if (!document) throw new Error('link-course does not ship.');
  const { kid, privateJwk } = town.keyOf(agency);
  const jws = await signDocument(document, { jwk: privateJwk, alg: 'EdDSA', kid });
  expect(await town.node.protocols.sign(jws, town.node.agencies)).toMatchObject({ ok: true });
};

const BEFORE = ['attendance.concern by EP13', 'referral.accepted by EP2'];
const BACK_TO_SCHOOL = [
  ...['achievement.recorded by LC5', 'attendance.concern by EP13', 'circumstance.noted by LC6', 'learner.identity by LC1'],
  ...['programme.started by LC4', 'referral.accepted by EP2'],
];

it('opens nothing before it is signed by the school and by somebody who teaches its pupils', async () => {
  expect(await shownIn()).toEqual([]);
  expect(await othersFor('st-chads')).toEqual(BEFORE);
  if (document) await town.node.protocols.draft(document);
  await signed('forge');
  expect([await shownIn(), await othersFor('st-chads')]).toEqual([['awaiting-signatures'], BEFORE]);
});

it('then attendance, safety and results come back to the school that sent the pupil, and what keeps them safe goes along', async () => {
  await signed('st-chads');
  expect(await shownIn()).toEqual(['in-force']);
  expect(await othersFor('st-chads')).toEqual(BACK_TO_SCHOOL);
  const { body } = await town.passport('forge', 'safeguard', `uln:${uln}`);
  const told = (body.items ?? []).filter(({ clause }) => clause.endsWith('LC6')).map(({ data }) => data);
  expect(told).toEqual([{ kind: 'support-need', note: 'Reads with a ruler.' }, { kind: 'health' }]);
});

it('to nobody else: neither to a school that signed and sent nobody, nor to whoever did not sign', async () => {
  await signed('moseley');
  for (const agency of ['moseley', 'wulfrun', 'anvil', 'castings', 'lsc']) expect([agency, await statusFor(agency)]).toEqual([agency, 404]);
});

it('of another provider, and of what began before the school sent the pupil, nothing comes back', async () => {
  await town.tell('anvil', registration(uln, 'n-1'), programme(uln, 'evening', { title: 'Judo' }));
  await town.tell(
    'anvil',
    about(uln, 'achievement.recorded', { achievementId: 'j', kind: 'non-accredited', title: 'Judo', awardedOn: '2026-10-01' }),
  );
  await town.tell('forge', programme(uln, 'before', { startedOn: '2026-09-01' }));
  expect(await othersFor('st-chads')).toEqual(BACK_TO_SCHOOL);
});

it('ends when the provider leaves', async () => {
  await town.node.protocols.leave('link-course', 'forge');
  // Who the pupil is follows from no agency's statement: the school, still a party, is told as before.
  expect(await othersFor('st-chads')).toEqual([BEFORE[0], 'learner.identity by LC1', BEFORE[1]]);
  expect((await othersFor('forge')).filter((line) => line.includes('LC'))).toEqual([]);
});
