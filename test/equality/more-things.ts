// What agencies tell about no learner: vacancies, places, gaps, needs, targets, workplaces, findings, and who links whom.
import type { CatalogueData } from '#catalogue';
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import { type Draw, drawing } from './draw.ts';
import { day, FROM, PROVIDERS, type Tell, type Telling } from './telling.ts';

const tellGaps = (tell: Tell): void => {
  tell('connexions-north', 'provision.gap-raised', {
    gapId: 'g-1',
    area: 'WV3',
    occupation: 'Childcare',
    level: 'level-1',
    reason: 'none near',
  });
  tell('connexions-south', 'provision.gap-raised', {
    gapId: 'g-2',
    area: 'B1',
    occupation: 'Plumbing',
    level: 'level-2',
    reason: 'asked often',
  });
  tell('connexions-north', 'provision.gap-raised', { area: 'b1', occupation: 'plumbing', level: 'level-2', reason: 'here too' });
  tell('lsc-black-country', 'provision.gap-answered', { gapId: 'g-2', decision: 'planned', note: 'From January.' });
  tell('black-country-training', 'provision.listed', {
    ...{ provisionId: 'closes', title: 'Childcare', kind: 'other', level: 'level-1', places: 3, startsOn: '2026-11-02', area: 'WV3' },
  });
  for (const agency of ['connexions-south', 'connexions-north'])
    tell(agency, 'provision.gap-raised', { gapId: 'again', area: 'WV3', occupation: 'childcare', level: 'level-1', reason: 'too few' });
};

/** Fewer than there are applicants. */
const tellPlaces = (tell: Tell): void => {
  const places = { kind: 'other', level: 'level-2', area: 'WV1', startsOn: '2026-09-07' } as const;
  for (const provider of PROVIDERS)
    tell(provider, 'provision.listed', { ...places, provisionId: 'level-2', title: 'Second level', places: 2 });
  tell('wulfrun-college', 'provision.listed', { ...places, provisionId: 'c-1', title: 'Catering', places: 1 });
};

const things = (draw: Draw, tell: Tell): void => {
  for (const [n, provider] of PROVIDERS.entries()) {
    const vacancy = { vacancyId: `v-${n}`, employer: 'Castings Ltd', title: 'Joinery trainee', area: 'WV3' };
    tell(provider, 'vacancy.listed', n === 1 ? { ...vacancy, confidentialTo: 'connexions-north' } : vacancy);
    tell(provider, 'provision.listed', {
      provisionId: `pr-${n}`,
      title: 'Childcare',
      kind: 'e2e',
      level: 'level-1',
      places: 8 + n,
      area: 'WV3',
    });
    if (n > 0)
      tell(provider, 'provision.listed', {
        provisionId: `pr-${n}`,
        title: 'Childcare',
        kind: 'e2e',
        level: 'level-1',
        places: 3,
        area: 'wv3',
      });
    tell(provider, 'workplace.risk-assessed', {
      employer: 'Castings Ltd',
      area: 'WV3',
      on: day(draw(120)),
      result: 'fine',
      outcome: 'suitable',
    });
    tell('lsc-black-country', 'quality.finding-recorded', finding(n, provider));
  }
  tellPlaces(tell);
  tell('forge-apprenticeships', 'vacancy.filled', { vacancyId: 'v-2', employer: 'Castings Ltd', title: 'Joinery trainee', area: 'WV3' });
  const hotel = { vacancyId: 'h-1', employer: 'Hotel', title: 'Kitchen porter', area: 'WV10' };
  for (const agency of ['jobcentre-wv', 'ebp-black-country', 'castings-ltd', 'connexions-south']) tell(agency, 'vacancy.listed', hotel);
  tell('jobcentre-wv', 'vacancy.listed', { ...hotel, title: 'Kitchen assistant' });
  tell('ebp-black-country', 'workplace.risk-assessed', {
    employer: 'CASTINGS LTD.',
    on: day(-300),
    result: 'guards',
    outcome: 'with-conditions',
  });
  tell('ebp-black-country', 'workplace.risk-assessed', { employer: 'Castings Ltd', on: day(10), result: 'guards', validUntil: day(60) });
  tellGaps(tell);
  for (const count of [55, 60])
    tell('jobcentre-wv', 'labour-need.published', { area: 'B1', occupation: 'Plumbing', level: 'level-2', count, period: '2027' });
  tell('lsc-black-country', 'target.set', { measure: 'starts', period: '2026/27', value: 200, scope: 'partnership:wv' });
  tell('learning-partnership-wv', 'target.set', { measure: 'starts', period: '2026/27', value: 180, scope: 'partnership:wv' });
  tell('learning-partnership-wv', 'benchmark.published', { measure: 'starts', period: '2026/27', value: 150, scope: 'partnership:wv' });
  tell('lsc-black-country', 'benchmark.published', { measure: 'neet-rate', period: '2026', value: 7, scope: 'national' });
  tell('learning-partnership-wv', 'quality.procedure-published', {
    procedureId: 'q-1',
    title: 'Sample of ten files',
    text: 'Ten files are read.',
  });
  tell('lsc-black-country', 'quality.finding-closed', { findingId: 'f-1', on: day(FROM - 1) });
  const members = ['black-country-training', 'lsc-black-country'];
  const plans = { name: 'WV 14-19', members, districts: ['WV1'], planningCloses: day(FROM + 200) };
  tell('learning-partnership-wv', 'partnership.declared', { ...plans, planningCloses: day(FROM - 9) });
  tell('learning-partnership-wv', 'partnership.declared', plans);
  tell('lsc-black-country', 'partnership.declared', { ...plans, name: 'Adults', planningCloses: day(FROM - 30) });
  const met = (duty: string, on: string, protocol = 'lsc-learning-partnership') => ({ protocol, duty, on });
  tell('lsc-black-country', 'undertaking.discharged', met('joint-meeting', day(FROM - 1)));
  tell('learning-partnership-wv', 'undertaking.discharged', met('working-group', '2026-08-20'));
  tell('learning-partnership-wv', 'undertaking.discharged', met('specialised-provision', day(FROM)));
  // Whoever has no adviser of the learner's own there has the link adviser of another service from now on.
  tell('connexions-north', 'link-adviser.assigned', { provider: PROVIDERS[1] ?? '', name: 'Nell Link' });
  tell(PROVIDERS[1] ?? '', 'link-adviser.confirmed', { by: 'connexions-north' });
};

const finding = (n: number, agency: AgencySlug): CatalogueData['quality.finding-recorded'] => ({
  ...{ findingId: `f-${n}`, procedureId: 'q-1', agency, finding: 'Reviews were late.', action: 'Review in time.', due: day(FROM + 5 + n) },
});

/** Things about no learner. */
export const moreThings = (seed: number): readonly Telling[] => {
  const told: Telling[] = [];
  things(drawing(seed), (agency, type, data) => void told.push({ day: FROM, agency, event: { type, data } as EventToSend }));
  return told;
};

/** Which careers service has a link adviser at which provider, confirmed or of its own making; before all else. */
export const links = (): readonly Telling[] => {
  const [first, second, third] = PROVIDERS as [AgencySlug, AgencySlug, AgencySlug];
  const link = (agency: AgencySlug, provider: AgencySlug): Telling => ({
    ...{ day: 0, agency, event: { type: 'link-adviser.assigned', data: { provider, name: 'Lee Link' } } },
  });
  const confirms = (agency: AgencySlug, by: AgencySlug): Telling => ({
    day: 0,
    agency,
    event: { type: 'link-adviser.confirmed', data: { by } },
  });
  return [
    link('connexions-north', first),
    confirms(first, 'connexions-north'),
    link('connexions-south', second),
    confirms(second, 'connexions-south'),
    link('connexions-south', third),
  ];
};
