import { type ConsentDocument, offerOf } from './consent-offer.ts';

const purpose = (id: string) => ({ id, sentence: { en: `So that ${id}.`, cy: `Er mwyn ${id}.` } });
const DOCUMENT: ConsentDocument = {
  id: 'reuse',
  version: 2,
  title: 'Reuse',
  why: 'Once is enough.',
  purposes: [purpose('plan'), purpose('count')],
  flows: [
    { says: 'With consent.', share: [{ category: 'apir' }], to: [{ roles: ['provider', 'college'] }], for: ['plan'], consent: 'required' },
    {
      says: 'By law, and some of it with consent.',
      share: [{ category: 'identity' }, { category: 'circumstance', consent: 'explicit' }],
      to: [{ roles: ['yot'] }],
      for: ['plan'],
    },
    { says: 'By law.', share: [{ category: 'destination' }], to: [{ roles: ['funder'] }], for: ['count'] },
  ],
};

it('is what rests on consent, and nothing that is shared without it', () => {
  expect(offerOf(DOCUMENT)).toEqual({
    categories: ['apir', 'circumstance'],
    recipients: ['college', 'provider', 'yot'],
    purposes: [purpose('plan')],
    says: ['With consent.', 'By law, and some of it with consent.'],
  });
});

it('is nothing where no clause asks for consent', () => {
  expect(offerOf({ ...DOCUMENT, flows: DOCUMENT.flows.slice(2) })).toBeUndefined();
});
