import { basisKind, hollowFlows, usedFlows } from './flow-words.ts';

const flow = { category: 'assessment', basis: '6(1)(e)', reliesOnConsent: false, count: 3 } as const;
const agencies = [
  { agency: 'heath-town-skills', name: 'Heath Town Skills', roles: ['provider'] },
  { agency: 'connexions-north', name: 'Connexions North', roles: ['connexions'] },
];
const months = { from: '2026-09', to: '2026-11' };

it('names agencies, offices, and whoever may not be named', () => {
  const [named, office, others] = usedFlows({
    ...months,
    agencies,
    flows: [
      { ...flow, source: 'connexions-north', recipient: 'heath-town-skills' },
      { ...flow, source: 'heath-town-skills', recipient: 'operator:dpo-of:heath-town-skills' },
      { ...flow, recipient: 'heath-town-skills' },
    ],
  });
  expect(named).toMatchObject({
    source: 'Connexions North',
    recipient: 'Heath Town Skills',
    recipientRole: 'Training providers',
    count: 3,
  });
  expect(named?.href).toBe('/dpo/flows?from=2026-09&to=2026-11&category=assessment');
  expect(office).toMatchObject({ recipient: 'Officer of Heath Town Skills', recipientRole: 'Agencies’ officers' });
  expect(others).toMatchObject({ source: 'Other agencies' });
});

it.each([
  [{ basis: '6(1)(e)', reliesOnConsent: true }, 'consent'],
  [{ basis: '6(1)(e), 9(2)(g)', reliesOnConsent: false }, 'public-task'],
  [{ basis: '6(1)(c)', reliesOnConsent: false }, 'legal-obligation'],
  [{ basis: '6(1)(d)', reliesOnConsent: false }, 'safeguarding'],
  [{ basis: '6(1)(ea)', reliesOnConsent: false }, 'other'],
  [{ basis: 'not personal', reliesOnConsent: false }, 'other'],
])('takes %j for %s', (ground, kind) => expect(basisKind(ground)).toBe(kind));

it('draws what nobody used between roles, and hollow', () => {
  const unused = { ...flow, clauses: ['e2e-passport@1#EP3'], from: ['connexions', 'school'], to: 'operator:learner' };
  const hollow = hollowFlows({ ...months, unused: [unused] });
  expect(hollow.map(({ source, recipient, count }) => [source, recipient, count])).toEqual([
    ['Connexions services', 'Learners themselves', 0],
    ['Schools', 'Learners themselves', 0],
  ]);
  const leadsTo = '/dpo/flows?from=2026-09&to=2026-11&category=assessment&show=unused';
  expect(hollow.map(({ href }) => href)).toEqual([leadsTo, leadsTo]);
  const ofAny = hollowFlows({ ...months, unused: [{ ...unused, from: 'any' }] });
  expect(ofAny.map(({ source }) => source)).toEqual(['Any agency']);
  const twice = hollowFlows({ ...months, unused: [unused, { ...unused, clauses: ['e2e-passport@1#EP4'] }] });
  expect(twice).toEqual(hollow);
});
