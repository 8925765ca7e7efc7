// A protocol as a policy in ODRL 2.2 (W3C), as JSON-LD: for whoever reads agreements by machine. What ODRL has no word for stands as
// constraints of this project's own vocabulary; what decides remains the document.
import type { Basis, Duty, Flow, Prohibition, ProtocolDocument, Share, To } from './language.ts';
import type { PartySignature } from './lifecycle.ts';
import { digestOf } from './register-signatures.ts';

type Node = Readonly<Record<string, unknown>>;

const CONTEXT = [
  'http://www.w3.org/ns/odrl.jsonld',
  { dct: 'http://purl.org/dc/terms/', dpv: 'https://w3id.org/dpv#', concordat: 'urn:concordat:vocabulary:' },
];

const roleUri = (role: string): string => `urn:concordat:role:${role}`;
const agencyUri = (slug: string): string => `urn:concordat:agency:${slug}`;

/** An agreement once somebody signed it, an offer before. */
export const odrlOf = (document: ProtocolDocument, signatures: readonly Pick<PartySignature, 'agency' | 'signature'>[] = []): Node => {
  const uid = `urn:concordat:protocol:${document.id}:${document.version}`;
  const permission = document.flows.flatMap((flow) => permissionsOf(uid, document, flow));
  const prohibition = document.prohibitions.flatMap((one) => prohibitionsOf(uid, document, one));
  const obligation = document.duties.flatMap((duty) => obligationsOf(uid, duty));
  return {
    '@context': CONTEXT,
    '@type': signatures.length === 0 ? 'Offer' : 'Agreement',
    uid,
    profile: 'urn:concordat:vocabulary',
    'dct:title': document.title,
    'dct:description': document.why,
    'dct:identifier': digestOf(document),
    'dct:valid': periodOf(document),
    ...(signatures.length === 0
      ? {}
      : { 'concordat:party': signatures.map(({ agency, signature }) => ({ uid: agencyUri(agency), 'concordat:signature': signature })) }),
    ...(permission.length === 0 ? {} : { permission }),
    ...(prohibition.length === 0 ? {} : { prohibition }),
    ...(obligation.length === 0 ? {} : { obligation }),
  };
};

const periodOf = ({ inForce: { from, until }, review }: ProtocolDocument): Node => ({
  'concordat:from': from,
  ...(until === undefined ? {} : { 'concordat:until': until }),
  'concordat:reviewDue': review.due,
});

/** A rule for each share and kind of recipient: an ODRL rule has one target and one assignee. */
const permissionsOf = (uid: string, document: ProtocolDocument, flow: Flow): readonly Node[] =>
  flow.to.flatMap((to) =>
    flow.share.flatMap((share) =>
      recipientsOf(to).map((assignee) => ({
        'dct:identifier': `${document.id}@${document.version}#${flow.id}`,
        'dct:description': flow.says,
        target: targetOf(share),
        assignee,
        assigner: assignersOf(document, share.from ?? flow.from),
        action: 'use',
        constraint: constraintsOf(document, flow, share, to),
        duty: [
          {
            action: [{ 'rdf:value': { '@id': 'odrl:delete' }, refinement: [within('elapsedTime', flow.retention)] }],
            uid: `${uid}:${flow.id}:retention`,
          },
        ],
      })),
    ),
  );

const recipientsOf = ({ roles, office }: To): readonly Node[] =>
  office === undefined ? roles.map((role) => partyOf(roleUri(role))) : [partyOf(`urn:concordat:office:${office}`)];

const partyOf = (uid: string): Node => ({ '@type': 'PartyCollection', uid });

/** From any: from whichever party holds it. */
const assignersOf = ({ parties }: ProtocolDocument, from: Flow['from']): readonly Node[] =>
  [...new Set(from === 'any' ? parties.map(({ role }) => role) : from)].map((role) => partyOf(roleUri(role)));

const targetOf = ({ category, type, when }: Share): Node => ({
  '@type': 'AssetCollection',
  uid: category === undefined ? `urn:concordat:type:${type}` : `urn:concordat:category:${category}`,
  ...(when === undefined ? {} : { refinement: Object.entries(when).map(([fact, values]) => anyOf(`concordat:${fact}`, values)) }),
});

const constraintsOf = ({ purposes }: ProtocolDocument, flow: Flow, share: Share, to: To): readonly Node[] => {
  const terms = flow.for.map((id) => purposes.find((purpose) => purpose.id === id)?.dpv ?? id);
  const relationship = share.relationship ?? to.relationship;
  return [
    { ...anyOf('purpose', terms), 'concordat:purpose': flow.for },
    is('concordat:level', share.level ?? flow.level),
    ...(relationship === undefined ? [] : [anyOf('concordat:relationship', relationship)]),
    ...given('concordat:consent', share.consent ?? flow.consent),
    ...basesOf(flow.basis).map((basis) => is('concordat:basis', basis)),
    anyOf('concordat:delivery', flow.delivery),
    ...narrowing('fields', share.fields ?? flow.fields),
    ...narrowing('recipient', narrowed(to)),
    ...(flow.suppressBelow === undefined ? [] : [{ leftOperand: 'count', operator: 'gteq', rightOperand: flow.suppressBelow }]),
  ];
};

const basesOf = ({ article6, article9, article10 }: Basis): readonly string[] => [
  article6 === 'none' ? 'not-personal' : `Art6-1-${article6}`,
  ...(article9 === undefined ? [] : [`Art9-2-${article9}`]),
  ...(article10 === undefined ? [] : [`Art10: ${article10}`]),
];

const narrowed = ({ roles: _, office: __, relationship: ___, ...rest }: To): object => rest;

/** What only the document's own words can say. */
const narrowing = (name: string, rest: object = {}): readonly Node[] =>
  Object.keys(rest).length === 0 ? [] : [is(`concordat:${name}`, JSON.stringify(rest))];

const is = (leftOperand: string, rightOperand: string): Node => ({ leftOperand, operator: 'eq', rightOperand });
const given = (name: string, value: string | undefined): readonly Node[] => (value === undefined ? [] : [is(name, value)]);
const anyOf = (leftOperand: string, rightOperand: readonly string[]): Node => ({ leftOperand, operator: 'isAnyOf', rightOperand });
const within = (leftOperand: string, duration: string): Node => ({
  leftOperand,
  operator: 'lteq',
  rightOperand: { '@value': duration, '@type': 'xsd:duration' },
});

const prohibitionsOf = (uid: string, document: ProtocolDocument, { id, says, share, from, to }: Prohibition): readonly Node[] =>
  share.flatMap((one) =>
    to.map((role) => ({
      'dct:identifier': `${uid}:${id}`,
      'dct:description': says,
      target: targetOf(one),
      assignee: partyOf(roleUri(role)),
      assigner: assignersOf(document, from),
      action: 'use',
    })),
  );

const obligationsOf = (uid: string, { id, says, who, within: term, dischargedBy, ...duty }: Duty): readonly Node[] => {
  const { after, by, less, every, from, while: condition, beforehand } = duty;
  return who.map((role) => ({
    uid: `${uid}:${id}`,
    'dct:description': says,
    assignee: partyOf(roleUri(role)),
    action: 'concordat:discharge',
    constraint: [
      anyOf('concordat:dischargedBy', dischargedBy),
      within('elapsedTime', term),
      ...Object.entries({ after, by, less, every, from, while: condition, beforehand }).flatMap(([name, value]) =>
        given(`concordat:${name}`, value),
      ),
    ],
  }));
};
