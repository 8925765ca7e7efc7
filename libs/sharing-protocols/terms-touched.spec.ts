import { decideDisclosure } from './decide-disclosure.ts';
import { relationshipBits } from './decision.ts';
import { compileDecisionTable, type TableAgency } from './decision-table.ts';
import type { ProtocolDocument } from './language.ts';
import { flowWith, itemWith, partiesOf, protocolWith, questionWith } from './oracle/protocol-fixture.ts';
import { recipientsTouched, type Terms, type TermsAgency } from './terms-touched.ts';

const protocolTo = (id: string, role: 'provider' | 'school' | 'funder'): ProtocolDocument =>
  protocolWith({
    id,
    parties: partiesOf('provider', 'school', 'funder'),
    purposes: [{ id: 'plan-learning', sentence: { en: 'To plan.', cy: 'I gynllunio.' }, dpv: 'dpv:ServiceProvision' }],
    flows: [
      flowWith({
        id: 'F',
        share: [{ category: 'review' }],
        to: [{ roles: [role], relationship: ['enrolled-with'] }],
        for: ['plan-learning'],
      }),
    ],
  });

const AGENCIES: readonly TableAgency[] = [
  { slug: 'forge', roles: ['provider'], districts: ['WV1'] },
  { slug: 'lsc', roles: ['funder'] },
  { slug: 'st-chads', roles: ['school'] },
];
const everybody = AGENCIES.map(({ slug }) => slug);

const terms = (...inForce: Terms['inForce']): Terms => ({ inForce, agencies: AGENCIES });
const toProviders = { document: protocolTo('p', 'provider'), parties: everybody };
const toSchools = { document: protocolTo('s', 'school'), parties: everybody };
const toFunders = { document: protocolTo('f', 'funder'), parties: everybody };
const all = terms(toProviders, toSchools, toFunders);

const touched = (before: Terms, after: Terms): readonly string[] | 'every' => {
  const [one, other] = [recipientsTouched(before, after), recipientsTouched(after, before)];
  expect(one).toEqual(other);
  return one === 'every' ? one : [...one].sort();
};

const answers = ({ inForce, agencies }: Terms, recipient: string): readonly unknown[] =>
  everybody.map((source) => {
    const item = itemWith({ type: 'review.held', category: 'review', source });
    const question = { recipient, item, purposes: ['plan-learning'], relationships: relationshipBits(['enrolled-with']) };
    return decideDisclosure(compileDecisionTable(inForce, agencies), questionWith(question)).permit;
  });

describe('a change of terms', () => {
  it('that is none touches nobody', () => {
    expect(touched(all, terms(toFunders, toProviders, { ...toSchools, parties: everybody.toReversed() }))).toEqual([]);
  });

  it.each([
    ['comes into force', terms(toProviders, toFunders), ['st-chads']],
    ['is signed by one who contributes', terms(toProviders, toFunders, { ...toSchools, parties: ['lsc', 'st-chads'] }), ['st-chads']],
    ['is signed by one who receives', terms(toProviders, toFunders, { ...toSchools, parties: ['forge', 'lsc'] }), ['st-chads']],
    ['is written anew', terms(toProviders, { ...toFunders, document: protocolTo('f', 'school') }, toSchools), ['lsc', 'st-chads']],
  ])('by which a protocol %s touches whom its flows let receive', (_, before, expected) => {
    expect(touched(before, all)).toEqual(expected);
    const others = everybody.filter((slug) => !expected.includes(slug));
    for (const slug of others) expect(answers(before, slug)).toEqual(answers(all, slug));
    expect(expected.some((slug) => JSON.stringify(answers(before, slug)) !== JSON.stringify(answers(all, slug)))).toBe(true);
  });

  it('that brings a prohibition touches everybody, who signs it those alone whom its flows let receive', () => {
    const prohibitions = [{ id: 'X' }] as unknown as ProtocolDocument['prohibitions'];
    const forbidding = { document: { ...protocolTo('x', 'school'), prohibitions }, parties: everybody };
    expect(touched(all, terms(...all.inForce, forbidding))).toBe('every');
    expect(touched(terms(forbidding), terms({ ...forbidding, parties: ['st-chads'] }))).toEqual(['st-chads']);
  });

  it('that brings an agency without districts touches it alone, and whoever receives by what it signs', () => {
    const joined = { ...all, agencies: [...AGENCIES, { slug: 'acme', roles: ['provider'] as const }] };
    expect(recipientsTouched(all, joined)).toEqual(new Set(['acme']));
    const signed = { ...joined, inForce: [toProviders, { ...toSchools, parties: [...everybody, 'acme'] }, toFunders] };
    expect(recipientsTouched(all, signed)).toEqual(new Set(['acme', 'st-chads']));
  });

  it.each<readonly [string, readonly TermsAgency[]]>([
    ['one goes', AGENCIES.slice(1)],
    ['one comes with districts', [...AGENCIES, { slug: 'acme', roles: ['provider'], districts: ['B1'] }]],
    ['one comes with a legal entity', [...AGENCIES, { slug: 'acme', roles: ['provider'], entity: 'forge' }]],
    ['one has another legal entity', [...AGENCIES.slice(0, 2), { slug: 'st-chads', roles: ['school'], entity: 'forge' }]],
    ['one has another role', [{ slug: 'forge', roles: ['college'], districts: ['WV1'] }, ...AGENCIES.slice(1)]],
    ['one has other districts', [{ slug: 'forge', roles: ['provider'], districts: ['WV2'] }, ...AGENCIES.slice(1)]],
  ])('of agencies touches everybody where %s', (_, agencies) => {
    expect(recipientsTouched(all, { ...all, agencies })).toBe('every');
  });
});
