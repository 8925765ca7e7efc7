// Protocols as ODRL 2.2 policies.
import { smallFlow, smallProtocol } from './fixtures/small-protocol.ts';
import { odrlOf } from './odrl.ts';
import { digestOf } from './register-signatures.ts';
import { shippedProtocols } from './shipped.ts';

type Node = Readonly<Record<string, unknown>>;
const rules = (policy: Node, kind: string): readonly Node[] => (policy[kind] ?? []) as readonly Node[];

it('is an offer until somebody signed, then an agreement with its parties', () => {
  expect(odrlOf(smallProtocol)).toMatchObject({
    '@context': ['http://www.w3.org/ns/odrl.jsonld', expect.any(Object)],
    '@type': 'Offer',
    uid: 'urn:concordat:protocol:attendance:1',
    'dct:identifier': digestOf(smallProtocol),
  });
  expect(odrlOf(smallProtocol, [{ agency: 'bct', signature: 'a.b.c' }])).toMatchObject({
    '@type': 'Agreement',
    'concordat:party': [{ uid: 'urn:concordat:agency:bct', 'concordat:signature': 'a.b.c' }],
  });
});

it('has a permission for each share and kind of recipient, with its terms', () => {
  const flow = {
    ...smallFlow,
    consent: 'required' as const,
    to: [{ roles: ['connexions', 'college'] as const, relationship: ['adviser-for'] as const }],
  };
  const found = rules(odrlOf({ ...smallProtocol, flows: [flow] }), 'permission');
  expect(found.map(({ assignee }) => (assignee as Node)['uid'])).toEqual(['urn:concordat:role:connexions', 'urn:concordat:role:college']);
  expect(found[0]).toMatchObject({
    'dct:identifier': 'attendance@1#AC1',
    target: { '@type': 'AssetCollection', uid: 'urn:concordat:category:attendance' },
    assigner: [{ uid: 'urn:concordat:role:provider' }],
    action: 'use',
    constraint: expect.arrayContaining([
      { leftOperand: 'purpose', operator: 'isAnyOf', rightOperand: ['dpv:ServiceProvision'], 'concordat:purpose': ['support-learner'] },
      { leftOperand: 'concordat:relationship', operator: 'isAnyOf', rightOperand: ['adviser-for'] },
      { leftOperand: 'concordat:consent', operator: 'eq', rightOperand: 'required' },
      { leftOperand: 'concordat:basis', operator: 'eq', rightOperand: 'Art6-1-e' },
    ]),
    duty: [
      { action: [{ 'rdf:value': { '@id': 'odrl:delete' }, refinement: [{ rightOperand: { '@value': 'P1Y', '@type': 'xsd:duration' } }] }] },
    ],
  });
});

it('has prohibitions and obligations, each of one assignee', () => {
  const duty = {
    id: 'ask',
    says: 'Ask why.',
    who: ['connexions'] as const,
    within: 'P3D',
    after: 'attendance.concern.on',
    dischargedBy: ['follow-up.made'],
  };
  const prohibition = {
    id: 'N',
    says: 'Never.',
    share: [{ type: 'attendance.concern', when: { kind: ['late'] } }],
    from: 'any' as const,
    to: ['employer'] as const,
  };
  const policy = odrlOf({ ...smallProtocol, duties: [duty], prohibitions: [prohibition] });
  expect(rules(policy, 'prohibition')).toMatchObject([
    {
      target: {
        uid: 'urn:concordat:type:attendance.concern',
        refinement: [{ leftOperand: 'concordat:kind', operator: 'isAnyOf', rightOperand: ['late'] }],
      },
      assignee: { uid: 'urn:concordat:role:employer' },
      action: 'use',
    },
  ]);
  expect(rules(policy, 'obligation')).toMatchObject([
    { uid: 'urn:concordat:protocol:attendance:1:ask', assignee: { uid: 'urn:concordat:role:connexions' }, action: 'concordat:discharge' },
  ]);
});

it('says of all that ships what the vocabulary of ODRL asks of a rule: target, action, assignee and assigner', () => {
  for (const document of shippedProtocols()) {
    const policy = odrlOf(document);
    const [permissions, prohibitions, obligations] = ['permission', 'prohibition', 'obligation'].map((kind) => rules(policy, kind));
    const wanting = [...(permissions ?? []), ...(prohibitions ?? [])].filter(
      ({ target, action, assignee }) => !target || !action || !assignee,
    );
    expect([document.id, wanting]).toEqual([document.id, []]);
    expect((obligations ?? []).length).toBe(document.duties.flatMap(({ who }) => who).length);
  }
});
