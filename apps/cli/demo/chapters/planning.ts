// What agencies say about places, work and each other, about no learner.
import type { Story } from '../story.ts';
import { VOICES_DAY } from './voices.ts';

export const tellPlanning = (story: Story): void => {
  tellPartnership(story);
  tellProvision(story);
  tellWorkplaces(story);
  tellFeedback(story);
  tellQuality(story);
};

const yearOf = (story: Story): string => story.date(0).slice(0, 4);

const tellPartnership = (story: Story): void => {
  const year = yearOf(story);
  story.tell('learning-partnership-wv', 0, [
    'partnership.declared',
    {
      name: 'Wolverhampton 14-19 partnership',
      members: ['connexions-north', 'black-country-training', 'wulfrun-college', 'st-chads-school'],
      districts: ['WV1', 'WV2', 'WV3'],
      planningCloses: story.date(290),
    },
  ]);
  for (const provider of ['black-country-training', 'heath-town-skills', 'forge-apprenticeships'] as const) {
    story.tell('connexions-north', 1, ['link-adviser.assigned', { provider, name: 'K. Stone' }]);
    // Without a district in common it counts once the provider says so too.
    story.tell(provider, 2, ['link-adviser.confirmed', { by: 'connexions-north' }]);
  }
  story.tell('lsc-black-country', 1, ['target.set', { measure: 'positive progression', period: year, value: 55, scope: 'e2e' }]);
  story.tell('lsc-black-country', 1, [
    'benchmark.published',
    { measure: 'positive progression', period: Number(year) - 1, value: 51, scope: 'e2e, region' },
  ]);
  story.tell('city-yot', 2, ['quota.agreed', { provider: 'black-country-training', programmeKind: 'e2e', places: 6, year }]);
};

const tellProvision = (story: Story): void => {
  const autumn = story.date(128);
  story.tell('black-country-training', 6, [
    'provision.listed',
    {
      provisionId: 'bct-hair',
      title: 'Hair and beauty',
      kind: 'e2e',
      level: 'level-1',
      places: 18,
      area: 'Wolverhampton',
    },
  ]);
  story.tell('wulfrun-college', 7, [
    'provision.listed',
    {
      provisionId: 'wc-btec2',
      title: 'BTEC Level 2, six subjects',
      kind: 'fe-course',
      level: 'level-2',
      places: 140,
      startsOn: autumn,
      area: 'Wolverhampton',
    },
  ]);
  story.tell('jobcentre-wv', 20, [
    'labour-need.published',
    { area: 'Black Country', occupation: 'Care assistant', count: 210, period: yearOf(story) },
  ]);
  story.tell('connexions-north', 1, ['office.declared', { office: 'wv-centre', name: 'Wolverhampton Centre', districts: ['WV1', 'WV2'] }]);
  story.tell('connexions-north', 34, [
    'provision.gap-raised',
    {
      gapId: 'gap-plumbing',
      area: 'WV3',
      occupation: 'Plumbing',
      level: 'level-1',
      reason: 'Nobody within an hour by bus has a place before autumn',
    },
  ]);
  story.tell('lsc-black-country', 70, [
    'provision.gap-answered',
    { gapId: 'gap-plumbing', decision: 'planned', note: 'Twelve places from the autumn', of: 'connexions-north' },
  ]);
};

const tellWorkplaces = (story: Story): void => {
  story.tell('castings-ltd', 40, [
    'vacancy.listed',
    { vacancyId: 'castings-7', employer: 'Castings Ltd', title: 'Trainee moulder', area: 'Wolverhampton' },
  ]);
  story.tell('heath-town-skills', 42, [
    'vacancy.listed',
    {
      vacancyId: 'hts-3',
      employer: 'Penn Garage',
      title: 'Apprentice technician',
      area: 'Wolverhampton',
      confidentialTo: 'connexions-north',
    },
  ]);
  story.tell('black-country-training', 120, [
    'vacancy.listed',
    { vacancyId: 'bct-9', employer: 'Penn Joinery', title: 'Joinery trainee', area: 'WV3' },
  ]);
  story.tell('ebp-black-country', 45, [
    'workplace.risk-assessed',
    { employer: 'Castings Ltd', on: story.date(45), result: 'Suitable from 16' },
  ]);
  story.tell('castings-ltd', 77, [
    'vacancy.filled',
    { vacancyId: 'castings-7', employer: 'Castings Ltd', title: 'Trainee moulder', area: 'Wolverhampton' },
  ]);
};

const tellFeedback = (story: Story): void => {
  story.tell('learning-partnership-wv', 100, [
    'feedback.given',
    { about: 'heath-town-skills', theme: 'workshops', rating: 3, comment: 'More tools, please' },
  ]);
  story.tell('heath-town-skills', 110, [
    'feedback.answered',
    { about: 'heath-town-skills', theme: 'workshops', period: story.date(VOICES_DAY).slice(0, 4), action: 'Two more sets of tools' },
  ]);
};

const tellQuality = (story: Story): void => {
  const finding = { findingId: 'finding-hts-1', procedureId: 'reviews-on-time', agency: 'heath-town-skills' };
  story.tell('lsc-black-country', 12, [
    'quality.procedure-published',
    { procedureId: 'reviews-on-time', title: 'Reviews on time', text: 'Every learner is reviewed within four weeks of the start.' },
  ]);
  story.tell('lsc-black-country', 82, [
    'quality.finding-recorded',
    { ...finding, finding: 'Three first reviews were late', action: 'Plan reviews at enrolment', due: story.date(110) },
  ]);
  story.tell('lsc-black-country', 108, ['quality.finding-closed', { findingId: finding.findingId, on: story.date(108) }]);
  story.tell('learning-partnership-wv', 120, [
    'undertaking.discharged',
    { protocol: 'lsc-learning-partnership', duty: 'joint-meeting', on: story.date(118), note: 'Met at the college' },
  ]);
};
