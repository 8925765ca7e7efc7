import { type AgreementText, comparedSights, matrixOf, sentenceKind, sightsIn } from './agreement-sights.ts';

const text = (over: Partial<AgreementText['flows'][number]> = {}): AgreementText => ({
  flows: [
    {
      id: 'EP3',
      says: 'A provider reads assessments.',
      share: [{ category: 'assessment' }, { category: 'review', consent: 'required' }],
      level: 'full',
      to: [{ roles: ['provider', 'college'] }],
      for: ['plan-learning'],
      ...over,
    },
  ],
});

it('takes of each clause who sees what for what, how much, and whether consent is needed', () => {
  expect(sightsIn(text({ to: [{ roles: ['college'] }] }))).toEqual([
    { role: 'Colleges', category: 'assessments', purpose: 'plan learning', level: 'full', needsConsent: false },
    { role: 'Colleges', category: 'review', purpose: 'plan learning', level: 'full', needsConsent: true },
  ]);
  expect(sightsIn(text({ to: [{ roles: [], office: 'learner' }], share: [{ type: 'programme.started' }] }))).toMatchObject([
    { role: 'Learners themselves', category: 'programme started' },
  ]);
});

it('tells what a later text gives and takes, and what stays', () => {
  const compared = comparedSights(text(), text({ to: [{ roles: ['provider', 'school'] }] }));
  const changes = compared.map(({ role, category, change }) => `${role} ${category} ${change ?? 'as before'}`);
  expect(changes.toSorted()).toEqual([
    'Colleges assessments loses',
    'Colleges review loses',
    'Schools assessments gains',
    'Schools review gains',
    'Training providers assessments as before',
    'Training providers review as before',
  ]);
  expect(matrixOf(compared).roles).toEqual(['Colleges', 'Schools', 'Training providers']);
});

it('tells sentences of gain and of loss from others', () => {
  expect(['Colleges gain reviews.', 'Colleges lose reviews.', 'A duty from now on: to meet.'].map(sentenceKind)).toEqual([
    'gains',
    'loses',
    'other',
  ]);
});
