// Golden payloads of what the gate records of lists and looks: what is written must stay byte for byte what these files hold.
import { readFileSync } from 'node:fs';
import {
  DISCLOSURE_REFUSED,
  type DisclosureDecided,
  disclosureEvent,
  type DisclosureRefused,
  LIST_DECIDED,
  type ListDecided,
  listEvent,
  LOOK_DECIDED,
  type LookDecided,
  lookEvent,
  openDecision,
  openList,
  openLook,
  openRefusal,
  refusalEvent,
} from '#disclosure';
import type { RecordedEvent } from '#event-store';
import type { Keys } from '#privacy';
import { OPEN } from '#privacy/opening';
import { sealedEvent } from '#unit-of-work';

const golden = (name: string): { readonly payload: string; readonly schema: number } =>
  JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as { payload: string; schema: number };

/** Sealing is proved in libs/privacy: here what is sealed is looked at itself. */
const openKeys: Keys = { seal: (_, __, plain) => plain, [OPEN]: (_, __, sealed) => sealed };

const AT = 1_767_605_400_000;
const A = 'a7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e11';
const B = 'b2d1d1a0-93f1-4d4e-8a53-0b9a3f0f5e12';
const origin = { id: A, correlation: 'c' };
const versions = { agencies: 4, protocols: 9, linkAdvisers: -1 };
const place = { stream: 'disclosures-of-careers', revision: 0 };
const recorded = (event: object): RecordedEvent => ({ ...event, ...place, position: 1, recordedAt: AT }) as unknown as RecordedEvent;

const page: Required<Omit<ListDecided, 'things' | 'weighed'>> = {
  purposes: ['support-learner'],
  reason: 'a request for access',
  list: 'caseload',
  items: { anchor: ['programme.started'], beside: ['learner.identity'] },
  parameters: { state: 'current', on: '2026-01-05' },
  limit: 100,
  recipient: 'careers',
  staff: 'staff-1',
  at: AT,
  ...versions,
  looked: 3,
  outcome: 'answered',
  rows: [{ learner: A, decision: 2 }],
};
/** Of a page that was cut from the order of more rows than it has. */
const arranged: ListDecided = { ...page, limit: 1, weighed: [B] };
/** Of a list of things that are about no learner. */
const things: ListDecided = {
  ...page,
  list: 'vacancies',
  purposes: ['match-placement'],
  items: { anchor: ['vacancy.listed'], beside: ['vacancy.filled'] },
  looked: 1,
  rows: [],
  things: {
    rows: [{ anchor: 41, beside: [57, 60] }],
    permitted: [{ clause: 'placement-matching@1#PM2', level: 'full', basis: 'not personal', purpose: 'match-placement', items: [41, 57] }],
    refused: [{ lacks: 'not-named', clause: 'placement-matching@1#PM2', items: [60] }],
  },
};
const row: Required<Omit<DisclosureDecided, 'changes' | 'given' | 'waiting' | 'another' | 'since' | 'document' | 'united'>> = {
  recipient: 'careers',
  staff: 'staff-1',
  purposes: ['support-learner'],
  reason: 'a request for access',
  route: 'list',
  asked: 'caseload',
  row: { anchor: ['programme.started'], beside: ['learner.identity'], only: [3] },
  page: { after: 0, limit: 9_007_199_254_740_991 },
  at: AT,
  learner: 7,
  ...versions,
  outcome: 'answered',
  permitted: [{ clause: 'e2e-passport@1#EP5', level: 'full', basis: '6(1)(e)', purpose: 'support-learner', items: [3] }],
  refused: [{ lacks: 'consent', clause: 'e2e-passport@1#EP3', items: [4] }],
};
const look: Required<Omit<LookDecided, 'another' | 'learner'>> = {
  recipient: 'operator:dpo-of:careers',
  staff: 'staff-1',
  asked: 'disclosures',
  parameters: { limit: 50 },
  at: AT,
  ...versions,
  outcome: 'answered',
  ground: { clause: 'oversight@1#OV1', basis: '6(1)(c)' },
};

/** Of a document about one learner. */
const documentDecided: DisclosureDecided = {
  recipient: 'forge-training',
  purposes: ['plan-learning'],
  route: 'learner',
  asked: 'handover',
  document: { types: ['programme.started'], categories: ['programme'], parameters: { on: '2026-01-05' } },
  page: { after: 0, limit: 9_007_199_254_740_991 },
  outcome: 'answered',
  permitted: [{ clause: 'e2e-passport@1#EP9', level: 'full', basis: '6(1)(e)', purpose: 'plan-learning', items: [3] }],
  refused: [],
  at: AT,
  learner: 7,
  ...versions,
};

/** Of a list whose rows are made of no items. */
const tie: DisclosureDecided = {
  recipient: 'careers',
  staff: 'staff-1',
  purposes: [],
  route: 'list',
  asked: 'ties',
  page: { after: 0, limit: 9_007_199_254_740_991 },
  row: { anchor: [], beside: [], parties: ['careers', 'forge-training'] },
  outcome: 'answered',
  permitted: [],
  refused: [],
  waiting: [{ agency: 'forge-training', relationships: ['enrolled-with'] }],
  at: AT,
  learner: 7,
  ...versions,
};
const refused: Required<DisclosureRefused> = {
  recipient: 'careers',
  staff: 'staff-1',
  purposes: ['answer-rights'],
  reason: 'a request for access',
  asked: 'passport',
  ref: '9mXyzBlindNameOf128Bits',
  at: AT,
  ...versions,
  looked: { stream: 'identifier-5nXyzBlindNameOf128Bits', revision: -1 },
};

describe('what the gate records', () => {
  it('of a page of a list is written and read as it was, sealed for the broker', () => {
    const event = sealedEvent(openKeys, listEvent(origin, page), place);
    expect(Buffer.from(event.payload).toString()).toBe(golden('list.decided.v1').payload);
    expect([event.type, event.meta]).toEqual([
      LIST_DECIDED,
      { actor: 'careers', correlation: 'c', schema: golden('list.decided.v1').schema, owner: 'broker', category: 'disclosure' },
    ]);
    expect(openList(recorded(event), openKeys)).toEqual(page);
  });

  it('of a page that was cut from the order of more rows is written and read as it was', () => {
    const event = sealedEvent(openKeys, listEvent(origin, arranged), place);
    expect(Buffer.from(event.payload).toString()).toBe(golden('list.decided.arranged.v1').payload);
    expect(openList(recorded(event), openKeys)).toEqual(arranged);
  });

  it('of a page of things is written and read as it was, sealed for the broker', () => {
    const event = sealedEvent(openKeys, listEvent(origin, things), place);
    expect(Buffer.from(event.payload).toString()).toBe(golden('list.decided.things.v1').payload);
    expect(openList(recorded(event), openKeys)).toEqual(things);
  });

  it('of a row is written as it was, sealed for the learner', () => {
    const decision = disclosureEvent({ ...origin, actor: 'careers', learner: A }, row);
    const event = sealedEvent(openKeys, decision, { stream: `disclosure-${A}`, revision: 2 });
    expect(Buffer.from(event.payload).toString()).toBe(golden('disclosure.decided.row.v1').payload);
    expect(event.meta.owner).toBe(`learner-${A}`);
  });

  it('of a document is written and read as it was, sealed for the learner', () => {
    const decision = disclosureEvent({ ...origin, actor: 'forge-training', learner: A }, documentDecided);
    const event = sealedEvent(openKeys, decision, { stream: `disclosure-${A}`, revision: 2 });
    expect(Buffer.from(event.payload).toString()).toBe(golden('disclosure.decided.document.v1').payload);
    expect(openDecision(recorded(event), openKeys)).toEqual(documentDecided);
  });

  it('of a row that tells whose tie waits is written and read as it was, sealed for the learner', () => {
    const decision = disclosureEvent({ ...origin, actor: 'careers', learner: A }, tie);
    const event = sealedEvent(openKeys, decision, { stream: `disclosure-${A}`, revision: 2 });
    expect(Buffer.from(event.payload).toString()).toBe(golden('disclosure.decided.tie.v1').payload);
    expect(openDecision(recorded(event), openKeys)).toEqual(tie);
  });

  it('of a question about nobody is written and read as it was, sealed for the broker', () => {
    const refusal = refusalEvent({ ...origin, actor: 'careers' }, refused);
    const event = sealedEvent(openKeys, refusal, { stream: 'disclosure-nobody', revision: 0 });
    expect(Buffer.from(event.payload).toString()).toBe(golden('disclosure.refused.v1').payload);
    expect([event.type, event.meta.owner, event.meta.schema]).toEqual([
      DISCLOSURE_REFUSED,
      'broker',
      golden('disclosure.refused.v1').schema,
    ]);
    expect(openRefusal(recorded(event), openKeys)).toEqual(refused);
  });

  it.each([
    [undefined, 'broker'],
    [A, `learner-${A}`],
  ])('of a look about %s is written and read as it was, sealed for %s', (about, owner) => {
    const event = sealedEvent(openKeys, lookEvent({ ...origin, about }, look), place);
    expect(Buffer.from(event.payload).toString()).toBe(golden('look.decided.v1').payload);
    expect([event.type, event.meta]).toEqual([
      LOOK_DECIDED,
      { actor: 'operator:dpo-of:careers', correlation: 'c', schema: golden('look.decided.v1').schema, owner, category: 'disclosure' },
    ]);
    expect(openLook(recorded(event), openKeys)).toEqual(look);
  });
});
