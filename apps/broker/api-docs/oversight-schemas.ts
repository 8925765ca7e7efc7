// What data protection officers are told beside single decisions, in the document.
import type { Schema } from '#catalogue';
import { CONSENT_CHOICES } from '#egress';
import { DECISION_GROUPS as GROUPS } from './audit-paths.ts';
import { plainObject, ref, type Schemas } from './openapi.ts';

const TEXT: Schema = { type: 'string' };
const TEXTS: Schema = { type: 'array', items: TEXT };
const AT: Schema = { type: 'string', format: 'date-time' };
const DAY: Schema = { type: 'string', format: 'date' };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const FLAG: Schema = { type: 'boolean' };
const says = (schema: Schema, description: string): Schema => ({ ...schema, description });
const listOf = (schema: string, description?: string): Schema => ({
  type: 'array',
  items: ref(schema),
  ...(description !== undefined && { description }),
});

const POSITION = ref('Position');
const WHO = {
  learner: says(TEXT, 'The office’s own pseudonym.'),
  localId: says(TEXT, 'To an officer of an agency: the agency’s own id.'),
};
const PLACED = { position: POSITION, at: AT, recipient: TEXT };

const CONSENT = {
  id: says(TEXT, 'As decisions name it: `source/id`.'),
  capturedBy: says(TEXT, 'The agency that recorded it.'),
  status: { type: 'string', enum: CONSENT_CHOICES.status ?? [] },
  protocol: TEXT,
  purposes: TEXTS,
  categories: TEXTS,
  recipients: says(TEXTS, 'Roles and agencies.'),
  givenBy: { type: 'string', enum: CONSENT_CHOICES.givenBy ?? [] },
  method: { type: 'string', enum: CONSENT_CHOICES.method ?? [] },
  notice: plainObject({ id: TEXT, version: TEXT, language: TEXT }, ['id', 'version', 'language'], 'What the learner was shown.'),
  evidence: says(FLAG, 'Whether a reference to evidence was sent.'),
  validFrom: DAY,
  expires: says(DAY, 'The last day, inclusive.'),
  recordedAt: AT,
  changedAt: AT,
  counts: says(FLAG, 'Whether its recorder’s word has effect for others; false is told to that agency’s officer alone.'),
  reliedOn: says(COUNT, 'Of the disclosures that whoever asks is told of, how many relied on it.'),
} satisfies Schemas;
const CONSENT_NEEDED = [
  ...['id', 'capturedBy', 'status', 'protocol', 'purposes', 'categories', 'recipients', 'evidence'],
  ...['validFrom', 'recordedAt', 'changedAt', 'counts', 'reliedOn'],
];

const WITHDRAWAL = {
  position: POSITION,
  at: AT,
  by: says(TEXT, '`learner`, `parent-or-carer`, or `another`.'),
  onOwnPage: FLAG,
  capturedBy: TEXT,
  lastBefore: says(plainObject(PLACED, ['position', 'at', 'recipient']), 'The last disclosure that relied on it.'),
  firstAfter: plainObject(
    { ...PLACED, became: { enum: ['refused', 'on-another-ground'] }, clause: TEXT, level: TEXT },
    ['position', 'at', 'recipient', 'became'],
    'What a recipient had been shown under it, when it was first decided again.',
  ),
  reliedOnAfter: says(COUNT, 'Decisions that relied on it later. Not 0: raise an incident.'),
  tombstones: listOf('Tombstone'),
  awaited: says(TEXTS, 'Whose feed held what rested on it, and was not decided anew since.'),
  stoppedAt: says(AT, 'When nothing was left to be taken back; absent while something is awaited.'),
  seconds: { type: 'number', description: 'From the withdrawal until then.' },
  notices: listOf('NoticeOfWithdrawal'),
} satisfies Schemas;
const WITHDRAWAL_NEEDED = ['position', 'at', 'onOwnPage', 'reliedOnAfter', 'tombstones', 'awaited', 'notices'];

export const oversightSchemas: Schemas = {
  AuditedConsent: plainObject({ ...WHO, ...CONSENT }, CONSENT_NEEDED, 'A consent as metadata, as it stands now.'),
  Tombstone: plainObject(
    { ...PLACED, seconds: { type: 'number', description: 'From the withdrawal.' }, items: COUNT },
    ['position', 'at', 'recipient', 'seconds', 'items'],
    'A feed’s recipient was told to delete what it held under the consent.',
  ),
  NoticeOfWithdrawal: plainObject(
    {
      notice: { type: 'string', format: 'uuid' },
      recipient: TEXT,
      issuedAt: AT,
      due: DAY,
      state: { enum: ['open', 'overdue', 'acknowledged'] },
      acknowledgedOn: DAY,
      action: { enum: ['deleted', 'stopped-using', 'nothing-held'] },
      days: says(COUNT, 'Until the answer, or today.'),
    },
    ['notice', 'recipient', 'issuedAt', 'due', 'state', 'days'],
  ),
  ConsentLife: plainObject(
    {
      ...WHO,
      ...CONSENT,
      steps: {
        type: 'array',
        description: 'What was said of it, in order.',
        items: plainObject(
          {
            kind: { enum: ['given', 'refused', 'paused', 'resumed', 'renewed', 'withdrawn', 'confirmed'] },
            position: POSITION,
            at: says(AT, 'When it was recorded, and took effect.'),
            saidAt: says(AT, 'When it was said, as its source has it.'),
            by: says(TEXT, '`learner`, `parent-or-carer`, or `another`.'),
            onOwnPage: FLAG,
            capturedBy: TEXT,
            expires: DAY,
            counts: FLAG,
          },
          ['kind', 'position', 'at', 'saidAt', 'onOwnPage', 'counts'],
        ),
      },
      bands: {
        type: 'array',
        description: 'How it stood, without a gap; the last has no end.',
        items: plainObject({ status: TEXT, from: AT, until: AT }, ['status', 'from']),
      },
      relied: {
        type: 'array',
        description: 'Each disclosure that relied on it, the earliest first.',
        items: plainObject(
          {
            ...PLACED,
            staff: TEXT,
            route: TEXT,
            asked: TEXT,
            clause: TEXT,
            basis: TEXT,
            purpose: TEXT,
            revision: says({ type: 'number' }, 'Of the consent, when it was relied on.'),
            categories: TEXTS,
            items: COUNT,
          },
          ['position', 'at', 'recipient', 'route', 'asked', 'clause', 'basis', 'revision', 'categories', 'items'],
        ),
      },
      lanes: {
        type: 'array',
        description: 'The same by recipient.',
        items: plainObject({ recipient: TEXT, disclosures: COUNT, first: AT, last: AT, after: says(COUNT, 'Since the withdrawal.') }, [
          'recipient',
          'disclosures',
          'first',
          'last',
        ]),
      },
      withdrawal: plainObject(WITHDRAWAL, WITHDRAWAL_NEEDED),
    },
    [...CONSENT_NEEDED, 'learner', 'steps', 'bands', 'relied', 'lanes'],
    'A consent from the day it was given on: what was said of it, what relied on it, and how a withdrawal bit.',
  ),
  LearnerOverview: plainObject(
    {
      ...WHO,
      consents: listOf('AuditedConsent'),
      rights: {
        type: 'array',
        items: plainObject(
          {
            kind: { enum: ['objection-raised', 'objection-upheld', 'objection-overridden', 'restriction-requested', 'restriction-lifted'] },
            position: POSITION,
            at: AT,
            capturedBy: TEXT,
            onOwnPage: FLAG,
            scope: plainObject({ categories: TEXTS, purposes: TEXTS, recipients: TEXTS }, []),
            stands: says(FLAG, 'Of an objection or a restriction: whether it keeps anything from being shown.'),
          },
          ['kind', 'position', 'at', 'capturedBy', 'onOwnPage', 'scope'],
        ),
      },
      identity: {
        type: 'array',
        description: 'That something of the identity was stated, and by whom; nothing of what.',
        items: plainObject({ type: TEXT, position: POSITION, at: AT, capturedBy: TEXT }, ['type', 'position', 'at', 'capturedBy']),
      },
      counts: plainObject(
        {
          decisions: COUNT,
          answered: COUNT,
          refused: COUNT,
          looks: COUNT,
          latest: AT,
          notices: plainObject({ open: COUNT, overdue: COUNT, acknowledged: COUNT }, ['open', 'overdue', 'acknowledged']),
        },
        ['decisions', 'answered', 'refused', 'looks', 'notices'],
        'Of what is an affair of whoever asks.',
      ),
    },
    ['learner', 'consents', 'rights', 'identity', 'counts'],
  ),
  AsOf: plainObject(
    {
      ...WHO,
      agency: TEXT,
      day: DAY,
      purpose: TEXT,
      at: says(AT, 'The moment that was looked at: the end of that day in London, or now.'),
      outcome: {
        enum: ['answered', 'not-permitted', 'not-known', 'not-taking-part', 'not-yet-known'],
        description:
          '`not-known`: the agency had nothing to do with the learner; `not-taking-part`: it was no partner then; `not-yet-known`: nothing was recorded of the learner yet.',
      },
      permitted: GROUPS.permitted,
      refused: GROUPS.refused,
    },
    ['learner', 'agency', 'day', 'purpose', 'at', 'outcome', 'permitted', 'refused'],
    'Decided by the same rules as any question, on what the log held then.',
  ),
  ToFind: plainObject(
    {
      query: {
        type: 'string',
        minLength: 1,
        maxLength: 500,
        pattern: '\\S',
        description:
          'A learner’s reference (`uln:…` or the ten digits, `local:…` or the agency’s own id, a pseudonym of the office), a position, the id of an event or of a receipt; with `learner`, a consent’s or a member of staff’s.',
      },
      learner: says(TEXT, 'Of whom, for a consent and for a member of staff: a reference.'),
    },
    ['query'],
  ),
  Found: plainObject(
    {
      found: {
        type: 'array',
        items: plainObject(
          {
            ...WHO,
            kind: { enum: ['learner', 'decision', 'consent', 'event', 'staff'] },
            decision: POSITION,
            consent: TEXT,
            event: POSITION,
            type: TEXT,
            category: TEXT,
            staff: TEXT,
          },
          ['kind', 'learner'],
        ),
      },
    },
    ['found'],
    'Empty where there is none, and where it is not yours: the two look alike.',
  ),
  ConsentRows: plainObject(
    { rows: listOf('AuditedConsent', 'The latest recorded first.'), next: says(TEXT, 'The `cursor` of the next page.') },
    ['rows'],
    'A page may be short, or empty, and still have a next one.',
  ),
  WithdrawalRows: plainObject(
    {
      rows: {
        type: 'array',
        description: 'The latest first.',
        items: plainObject({ ...WHO, id: CONSENT.id, protocol: TEXT, categories: TEXTS, ...WITHDRAWAL }, [
          ...['learner', 'id', 'protocol', 'categories'],
          ...WITHDRAWAL_NEEDED,
        ]),
      },
      next: says(TEXT, 'The `cursor` of the next page.'),
    },
    ['rows'],
  ),
  AuditSummary: plainObject(
    {
      at: DAY,
      notices: plainObject({ open: COUNT, overdue: COUNT, oldestDue: DAY }, ['open', 'overdue'], 'Not answered yet.'),
      withdrawals: says(COUNT, 'In the last seven days; at most 1,000 are counted.'),
      refusals: plainObject(
        { refused: COUNT, more: says(FLAG, 'There are more decisions than were looked at.') },
        ['refused', 'more'],
        'In the last seven days.',
      ),
      protocols: {
        type: 'array',
        description: 'Whose review is due within eight weeks, or overdue.',
        items: plainObject({ protocol: TEXT, version: { type: 'integer' }, status: TEXT, due: DAY }, [
          'protocol',
          'version',
          'status',
          'due',
        ]),
      },
      log: plainObject(
        { position: POSITION, viewPosition: POSITION },
        ['position', 'viewPosition'],
        'How long it is, and how far it was gone through.',
      ),
    },
    ['at', 'notices', 'withdrawals', 'refusals', 'protocols', 'log'],
  ),
};
