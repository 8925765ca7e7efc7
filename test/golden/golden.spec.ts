// Golden payloads of the broker's own events, as version 1 of their shapes stored them; those of protocols lie beside
// libs/sharing-protocols. What is written must stay byte for byte what these files hold: a new shape is a new schema version with an upcast
// and a file of its own.
import { AgencyRegister, type AgencyEventData, type KeyRegistered } from '#agencies';
import { NOTICE_ISSUED, type NoticeIssued } from '#consent';
import { DISCLOSURE_DECIDED, disclosureEvent, type DisclosureDecided, type FeedChanges, openDecision } from '#disclosure';
import type { EventStore, NewEvent, StreamWrite } from '#event-store';
import { fixedClock } from '#kernel';
import * as own from '#learner-file';
import { encodePayload } from '#privacy';
import { A, AT, B, bytesOf, golden, jwk, KID, openKeys, recorded } from './golden-files.ts';
import { sealedEvent } from '#unit-of-work';
import { discardsIn, QUARANTINE_DISCARDED, type QuarantineDiscarded, recordDiscard } from '#quarantine';

const key: Required<KeyRegistered> = { slug: 'forge-training', use: 'sig', jwk, kid: KID, from: AT, othersEnd: AT + 86_400_000 };
const agencies: { readonly [Type in keyof AgencyEventData]: Required<AgencyEventData[Type]> } = {
  'uk.concordat.agency.registered.v1': {
    slug: 'forge-training',
    name: 'Forge Training',
    roles: ['provider'],
    districts: ['WV1', 'WV10 8'],
    entity: 'forge-group',
  },
  'uk.concordat.agency.key-registered.v1': key,
  'uk.concordat.agency.key-revoked.v1': { slug: 'forge-training', kid: KID, at: AT + 86_400_000, reason: 'lost' },
  'uk.concordat.agency.suspended.v1': { slug: 'forge-training', at: AT, reason: 'inspection' },
  'uk.concordat.agency.ended.v1': { slug: 'forge-training', at: AT + 1000, reason: 'closed' },
  'uk.concordat.agency.readmitted.v1': { slug: 'forge-training', at: AT + 2000, reason: 'opened again' },
};

describe('events of agencies', () => {
  it.each(Object.entries(agencies))('%s holds what it held', (type, data) => {
    expect(JSON.parse(bytesOf(golden(type)).toString())).toEqual(data);
  });

  it('are read as the register that they make', async () => {
    const events = Object.keys(agencies).map(recorded);
    const store = { readStream: async () => events } as Partial<EventStore> as EventStore;
    const register = await AgencyRegister.open(store, fixedClock(AT));
    expect(register.list()).toMatchObject([
      { slug: 'forge-training', name: 'Forge Training', roles: ['provider'], districts: ['WV1', 'WV10 8'], entity: 'forge-group' },
    ]);
    expect(register.signingKey(KID, AT)?.jwk).toEqual(jwk);
    expect(register.signingKey(KID, AT + 2 * 86_400_000)).toBeUndefined();
  });
});

const linked: Required<own.IdentifierLinked> = { learner: A, agency: 'forge-training', beside: [B] };
const seen: Required<own.MatchKeySeen> = { learner: A, hasUln: true, suspects: [B] };
const conflict: Required<Omit<own.LinkConflictFound, 'identifier'>> = { learners: [A, B], agency: 'forge-training' };

describe('events about identities', () => {
  it.each([
    [own.IDENTIFIER_LINKED, linked],
    [own.MATCH_KEY_SEEN, seen],
    [own.LINK_CONFLICT_FOUND, conflict],
  ] as const)('%s is written and read as it was', (type, value) => {
    expect(Buffer.from(own.clearPayload(value)).toString()).toBe(golden(type).payload);
    expect(own.readClear(bytesOf(golden(type)))).toEqual(value);
  });
});

describe('events of an erasure', () => {
  it('say that it began, and of what it was', () => {
    expect(Buffer.from(own.begunPayload()).toString()).toBe(golden(own.ERASURE_BEGUN).payload);
    expect(Buffer.from(own.erasedPayload({ category: 'assessment', ground: 'b' })).toString()).toBe(golden(own.ERASED).payload);
    const stored = { stream: own.learnerStream(A), payload: bytesOf(golden(own.ERASED)) };
    expect(own.erasureIn(stored)).toEqual({ learner: A, category: 'assessment' });
  });
});

const page = { after: -1, limit: 100 };
const consent = { id: 'k-1', revision: 3 };
const decided: Required<
  Omit<DisclosureDecided, 'changes' | 'row' | 'document' | 'reason' | 'given' | 'waiting' | 'another' | 'since' | 'united'>
> = {
  recipient: 'forge-training',
  staff: 'staff-1',
  purposes: ['plan-learning'],
  route: 'learner',
  asked: 'passport',
  page,
  at: AT,
  learner: 7,
  agencies: 4,
  protocols: 9,
  linkAdvisers: -1,
  outcome: 'answered',
  permitted: [
    { clause: 'e2e-passport/EP1', level: 'summary', basis: '6(1)(e)', purpose: 'plan-learning', consent, fields: ['level'], items: [2, 4] },
  ],
  refused: [{ lacks: 'consent', clause: 'e2e-passport/EP2', items: [5] }],
};
const changes: Required<Omit<FeedChanges, 'dutiesOverdue' | 'dutiesDone'>> = {
  sent: [4],
  withdrawn: [1],
  noticesSent: [A],
  noticesSettled: [B],
};
const fed: DisclosureDecided = { ...decided, purposes: 'any', route: 'feed', asked: 'feed', changes };
const origin = { id: A, correlation: 'c', actor: 'forge-training' };

const discarded: Required<QuarantineDiscarded> = {
  agency: 'forge-training',
  before: AT,
  ids: [3, 4],
  unattributed: true,
  entries: 2,
  bytes: 4096,
  at: AT,
  by: 'an operator',
  reason: 'a test of theirs',
};

describe('events of the quarantine', () => {
  it('what was discarded is written as it was, sealed for the operator, and read as it was', async () => {
    const written: StreamWrite[] = [];
    const vault = { load: async () => openKeys, durable: async () => undefined };
    const store = {
      append: async (writes: readonly StreamWrite[]) => ({ positions: [written.push(...writes)], repeated: false }),
      readStream: async () => [recorded(QUARANTINE_DISCARDED)],
    } as Partial<EventStore> as EventStore;
    await recordDiscard({ store, vault }, discarded);
    const [
      {
        stream,
        events: [event],
      },
    ] = written as unknown as readonly [{ readonly stream: string; readonly events: readonly [NewEvent] }];
    expect([stream, event.type, event.meta.actor, event.meta.owner]).toEqual(['quarantine', QUARANTINE_DISCARDED, 'operator', 'operator']);
    expect(Buffer.from(event.payload)).toEqual(bytesOf(golden(QUARANTINE_DISCARDED)));
    expect(await discardsIn({ store, vault })).toEqual([discarded]);
  });
});

describe('events of the gate', () => {
  it('a decision is written as it was, and sealed for the learner', () => {
    const event = sealedEvent(openKeys, disclosureEvent({ ...origin, learner: B }, decided), { stream: `disclosure-${B}`, revision: 0 });
    expect(Buffer.from(event.payload).toString()).toBe(golden(DISCLOSURE_DECIDED).payload);
    expect(event.meta).toEqual({
      actor: 'forge-training',
      correlation: 'c',
      schema: golden(DISCLOSURE_DECIDED).schema,
      category: 'disclosure',
      owner: `learner-${B}`,
    });
  });

  it('a decision about a further page is written as it was', () => {
    const further: DisclosureDecided = {
      ...decided,
      asked: 'timeline',
      page: { order: 'told', rank: Date.parse('2026-01-05'), after: 4, limit: 100 },
    };
    const event = sealedEvent(openKeys, disclosureEvent({ ...origin, learner: B }, further), { stream: `disclosure-${B}`, revision: 0 });
    expect(Buffer.from(event.payload).toString()).toBe(golden('uk.concordat.disclosure.decided.timeline.v1').payload);
  });

  it('a decision about a feed is written as it was', () => {
    const event = sealedEvent(openKeys, disclosureEvent({ ...origin, learner: B }, fed), { stream: `disclosure-${B}`, revision: 0 });
    expect(Buffer.from(event.payload).toString()).toBe(golden('uk.concordat.disclosure.decided.feed.v1').payload);
  });

  it('a decision that says who gave what is written and read as it was', () => {
    const given: DisclosureDecided = {
      ...decided,
      given: [
        ['careers', 'assessment', '6(1)(e)', 'consent'],
        ['careers', 'identity', '6(1)(e)'],
      ],
    };
    const event = sealedEvent(openKeys, disclosureEvent({ ...origin, learner: B }, given), { stream: `disclosure-${B}`, revision: 0 });
    const kept = 'uk.concordat.disclosure.decided.given.v1';
    expect(Buffer.from(event.payload).toString()).toBe(golden(kept).payload);
    expect(openDecision({ ...recorded(kept), meta: event.meta }, openKeys)).toEqual(given);
  });

  it('a decision about what is new on a feed is written and read as it was', () => {
    const since: DisclosureDecided = { ...fed, since: 3 };
    const event = sealedEvent(openKeys, disclosureEvent({ ...origin, learner: B }, since), { stream: `disclosure-${B}`, revision: 0 });
    const kept = 'uk.concordat.disclosure.decided.feed-since.v1';
    expect(Buffer.from(event.payload).toString()).toBe(golden(kept).payload);
    expect(openDecision({ ...recorded(kept), meta: event.meta }, openKeys)).toEqual(since);
  });

  it('a decision that tells of overdue duties is written and read as it was', () => {
    const duties: Required<FeedChanges> = {
      ...changes,
      dutiesOverdue: ['4/e2e-passport@1/follow-up'],
      dutiesDone: ['3/e2e-passport@1/sign-off'],
    };
    const told: DisclosureDecided = { ...fed, changes: duties };
    const event = sealedEvent(openKeys, disclosureEvent({ ...origin, learner: B }, told), { stream: `disclosure-${B}`, revision: 0 });
    const kept = 'uk.concordat.disclosure.decided.feed-duties.v1';
    expect(Buffer.from(event.payload).toString()).toBe(golden(kept).payload);
    expect(openDecision({ ...recorded(kept), meta: event.meta }, openKeys)).toEqual(told);
  });
});

const batch = { id: 'm-1', index: 0, count: 2, before: 'Ww', digest: 'ZGlnZXN0' };
const evidence = { protected: 'eyJhbGciOiJFZERTQSJ9', signature: 'c2lnbmF0dXJl', batch };
const notes = { apartFrom: { source: 'careers', assessmentId: 'a-0' } };
const contributed: own.ContributionHeader = { t: AT, roles: ['provider'], evidence, notes };
const existing = { assessmentId: 'a-0', framework: 'initial', domain: 'literacy', assessedOn: '2026-01-02', validUntil: '2026-07-02' };
const avoided: own.ContributionHeader = { t: AT, roles: ['provider'], existing, digest: 'ZGlnZXN0' };
const EVENT =
  '{"specversion":"1.0","id":"f-1","source":"urn:concordat:agency:forge-training","type":"uk.concordat.assessment.recorded.v1",' +
  '"subject":"local:p-1","time":"2026-01-05T09:30:00Z","data":{"assessmentId":"a-1"}}';

describe('what is sealed of a contribution', () => {
  it.each([
    ['uk.concordat.assessment.recorded.v1', contributed, EVENT],
    [own.REPEAT_AVOIDED, avoided, ''],
  ])('%s is written and read as it was', (type, header, text) => {
    expect(Buffer.from(encodePayload({ header, bytes: Buffer.from(text) })).toString('base64')).toBe(golden(type).plain);
    const stored = recorded(type);
    const opened = own.openContribution({ ...stored, meta: { ...stored.meta, category: 'assessment', owner: `learner-${A}` } }, openKeys);
    expect(opened).toEqual({ header, ...(text === '' ? {} : { event: JSON.parse(text) }) });
  });
});

const issued: Required<NoticeIssued> = {
  noticeId: A,
  recipient: 'forge-training',
  reason: 'withdrawal',
  consentId: 'k-1',
  items: [3, 7],
  issuedAt: AT,
  due: '2026-01-10',
  duty: 'e2e-passport@1#ED6',
};

describe('a notice', () => {
  it('is written and read as it was, sealed for the learner', () => {
    const stream = `learner-${B}`;
    const event = sealedEvent(openKeys, own.noticeEvent(stream, issued, { correlation: 'c', causation: B }), { stream, revision: 0 });
    expect(Buffer.from(event.payload).toString()).toBe(golden(NOTICE_ISSUED).payload);
    expect(event).toMatchObject({
      id: A,
      meta: { actor: 'broker', correlation: 'c', causation: B, schema: golden(NOTICE_ISSUED).schema, category: 'consent', owner: stream },
    });
    expect(own.openNotice({ ...recorded(NOTICE_ISSUED), stream }, openKeys)).toEqual(issued);
  });
});
