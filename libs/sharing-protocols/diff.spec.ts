// What a change would change, as people read it.
import { diffProtocols } from './diff.ts';
import { smallFlow, smallProtocol } from './fixtures/small-protocol.ts';
import type { ProtocolDocument } from './language.ts';
import { shippedProtocols } from './shipped.ts';

const changed = (change: Partial<ProtocolDocument>): readonly string[] => diffProtocols(smallProtocol, { ...smallProtocol, ...change });
const withFlows = (...flows: ProtocolDocument['flows']) => changed({ flows });
const reviews = {
  ...smallFlow,
  ...{ id: 'AC2', share: [{ category: 'review' as const }], for: ['plan-learning'], consent: 'required' as const },
  to: [{ roles: ['college' as const], relationship: ['enrolled-with' as const] }],
};

it('says who gains what, for which purpose, and whether with consent', () => {
  expect(withFlows(smallFlow, reviews)).toEqual([
    'Colleges gain reviews for plan-learning, with consent (being enrolled-with; from provider; full; on request, by feed; Art 6(1)(e); kept for 1 year).',
  ]);
});

it('says who loses what', () => {
  expect(diffProtocols({ ...smallProtocol, flows: [smallFlow, reviews] }, smallProtocol)).toEqual([
    'Colleges lose reviews for plan-learning.',
  ]);
});

it('says on which other terms somebody sees it', () => {
  expect(withFlows({ ...smallFlow, consent: 'explicit', level: 'existence', fields: { only: ['on'] } })).toEqual([
    'Connexions services now see concerns about attendance for support-learner, with explicit consent (being adviser-for; from provider; existence; only on; on request, by feed; Art 6(1)(e); kept for 1 year).',
    'Connexions services no longer see concerns about attendance for support-learner (being adviser-for; from provider; full; on request, by feed; Art 6(1)(e); kept for 1 year).',
  ]);
});

it('does not mind in which order clauses stand, nor under which id', () => {
  const two = { ...smallProtocol, flows: [smallFlow, reviews] };
  expect(diffProtocols(two, { ...two, flows: [{ ...reviews, id: 'AC9' }, smallFlow] })).toEqual(['Both say the same.']);
});

it.each<[string, Partial<ProtocolDocument>, string]>([
  [
    'a recipient that is an office',
    { flows: [smallFlow, { ...reviews, to: [{ roles: [], office: 'data-manager' }] }] },
    'Data managers gain reviews for plan-learning, with consent',
  ],
  [
    'a prohibition',
    { prohibitions: [{ id: 'N', says: 'Never to employers.', share: [{ category: 'attendance' }], from: 'any', to: ['employer'] }] },
    'It is now forbidden: Never to employers. (concerns about attendance, from any party, to employers)',
  ],
  [
    'who may send',
    { contributions: [...smallProtocol.contributions, { types: ['review.held'], roles: ['college'] }] },
    'Of review.held events: colleges may now send it.',
  ],
  [
    'a duty',
    {
      duties: [
        { id: 'd', says: 'Ask why.', who: ['connexions'], within: 'P3D', after: 'attendance.concern.on', dischargedBy: ['follow-up.made'] },
      ],
    },
    'A duty from now on: Ask why. (connexions services; within 3 days after attendance.concern.on; done with follow-up.made)',
  ],
  ['a party', { parties: [...smallProtocol.parties, { role: 'school', mustSign: true }] }, 'From now on schools must sign.'],
  ['the review', { review: { due: '2026-09-01', graceDays: 30 } }, 'Its review is due on 2026-09-01, with 30 days of grace.'],
  ['a heading', { agreement: { ...smallProtocol.agreement, breach: 'At once.' } }, 'The agreement says something else under “Breaches”.'],
  [
    'what the learner reads',
    { purposes: smallProtocol.purposes.map((one) => ({ ...one, sentence: { en: 'So.', cy: 'Felly.' } })) },
    'What the learner reads of support-learner is worded otherwise.',
  ],
  [
    'breaking the glass',
    { override: { who: ['connexions'], grounds: ['Harm'], lasts: 'PT8H', told: ['provider'], reviewedWithin: 'P2D' } },
    'Who may break the glass, and on what terms, is another.',
  ],
  ['the title', { title: 'Presence' }, 'Title, reason, legal powers or the contact for rights read otherwise.'],
])('says that %s changed', (_, change, sentence) => {
  expect(changed(change)).toEqual([expect.stringContaining(sentence)]);
});

it('finds nothing between any shipped protocol and itself, and something between it and one without its flows', () => {
  for (const document of shippedProtocols()) {
    expect(diffProtocols(document, document)).toEqual(['Both say the same.']);
    if (document.flows.length > 0) expect(diffProtocols(document, { ...document, flows: [] })[0]).toMatch(/ lose .* for .*\.$/);
  }
});
