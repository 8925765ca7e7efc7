import { parse } from 'csv-parse/sync';
import { nameInWords } from '../broker/agency-names.ts';
import { DATA_SUBJECTS, type ProcessingAgreement, processingFile, type ProcessingFlow, processingOf, termInWords } from './processing.ts';

const flow = (over: Partial<ProcessingFlow>): ProcessingFlow => ({
  id: 'YJ1',
  says: 'The personal adviser works from the same facts.',
  share: [{ category: 'offence' }, { category: 'risk-of-reoffending' }],
  level: 'full',
  from: ['yot', 'custody'],
  to: [{ roles: ['connexions'] }],
  for: ['prevent-reoffending'],
  basis: { article6: 'e' },
  delivery: ['feed'],
  retention: 'P1Y',
  ...over,
});

const AGREEMENT: ProcessingAgreement = {
  id: 'youth-justice',
  version: 1,
  title: 'Youth justice',
  parties: [
    { agency: 'black-country-training', leftOn: null },
    { agency: 'city-yot', leftOn: '2026-09-01' },
  ],
  document: {
    why: 'They work from the same facts.',
    rightsContact: 'rights@partnership.example',
    agreement: {
      jointControllers: 'None.',
      retention: 'No longer than the order.',
      security: 'Signed, and sealed; "each look" is recorded.',
    },
    purposes: [{ id: 'support-learner', sentence: { en: 'So that you get the help that you need.' } }],
    flows: [
      flow({}),
      flow({
        id: 'YJ3',
        share: [{ type: 'offence.noted' }],
        from: ['yot'],
        to: [{ roles: ['provider'] }],
        for: ['support-learner'],
        basis: { article6: 'e', article10: 'DPA 2018 Sch. 1 para. 29' },
        consent: 'explicit',
        retention: 'P3M',
      }),
      flow({ id: 'YJ6', from: 'any', basis: { article6: 'none' }, retention: 'P6Y' }),
    ],
  },
};

describe('the record of processing', () => {
  it('has an activity for each clause, with why, what, whom, on which ground and for how long', () => {
    const { activities } = processingOf(AGREEMENT, nameInWords);
    expect(activities[1]).toEqual({
      clause: 'YJ3',
      purposes: ['So that you get the help that you need.'],
      categories: ['offence noted'],
      from: 'Youth offending teams',
      recipients: ['Training providers'],
      basis: 'Article 6(1)(e); Article 10: DPA 2018 Sch. 1 para. 29',
      consent: 'with explicit consent',
      kept: '3 months',
    });
    expect(activities[2]).toMatchObject({ from: 'any party', basis: 'Not personal data', consent: '' });
  });

  it('names as controllers who is a party still', () => {
    expect(processingOf(AGREEMENT, nameInWords).controllers).toEqual(['Black Country Training']);
  });

  it('as a file says the same, a line a clause', () => {
    const lines = parse(processingFile([processingOf(AGREEMENT, nameInWords)]), { columns: true }) as readonly object[];
    expect(lines).toMatchObject([
      { agreement: 'Youth justice', clause: 'YJ1', keptFor: '1 year', categories: expect.stringMatching(/; /) },
      { clause: 'YJ3', keptFor: '3 months', dataSubjects: DATA_SUBJECTS },
      { clause: 'YJ6', keptFor: '6 years', security: 'Signed, and sealed; "each look" is recorded.' },
    ]);
  });

  it.each([
    ['P1Y6M', '1 year 6 months'],
    ['P90D', '90 days'],
    ['P1W', '1 week'],
    ['P0D', 'not kept'],
  ])('tells %s as %s', (duration, said) => {
    expect(termInWords(duration)).toBe(said);
  });
});
