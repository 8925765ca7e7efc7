// Consents, their lives and their withdrawals as data protection officers are told of them, in the document.
import type { Schema } from '#catalogue';
import { CONSENT_CHOICES } from '#egress';
import { plainObject, ref, type Schemas } from './openapi.ts';

export const TEXT: Schema = { type: 'string' };
export const TEXTS: Schema = { type: 'array', items: TEXT };
export const AT: Schema = { type: 'string', format: 'date-time' };
export const DAY: Schema = { type: 'string', format: 'date' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const FLAG: Schema = { type: 'boolean' };
export const says = (schema: Schema, description: string): Schema => ({ ...schema, description });
export const listOf = (schema: string, description?: string): Schema => ({
  type: 'array',
  items: ref(schema),
  ...(description !== undefined && { description }),
});

export const POSITION = ref('Position');
export const WHO = {
  learner: says(TEXT, 'The office’s own pseudonym.'),
  localId: says(TEXT, 'To an officer of an agency: the agency’s own id.'),
};
const PLACED = { position: POSITION, at: AT, recipient: TEXT };

export const CONSENT = {
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

export const WITHDRAWAL_IN_LIST = {
  position: POSITION,
  at: AT,
  by: says(TEXT, '`learner`, `parent-or-carer`, or `another`.'),
  onOwnPage: FLAG,
  capturedBy: TEXT,
  lastBefore: says(plainObject(PLACED, ['position', 'at', 'recipient']), 'The last disclosure that relied on it.'),
  reliedOnAfter: says(COUNT, 'Decisions that relied on it later. Not 0: raise an incident.'),
  tombstones: listOf('Tombstone'),
  awaited: says(TEXTS, 'Whose feed held what rested on it, and was not decided anew since.'),
  stoppedAt: says(AT, 'When nothing was left to be taken back; absent while something is awaited.'),
  seconds: { type: 'number', description: 'From the withdrawal until then.' },
  notices: listOf('NoticeOfWithdrawal'),
} satisfies Schemas;
const WITHDRAWAL = {
  ...WITHDRAWAL_IN_LIST,
  firstAfter: plainObject(
    { ...PLACED, became: { enum: ['refused', 'on-another-ground'] }, clause: TEXT, level: TEXT },
    ['position', 'at', 'recipient', 'became'],
    'What a recipient had been shown under it, when it was first decided again.',
  ),
} satisfies Schemas;
export const WITHDRAWAL_NEEDED = ['position', 'at', 'onOwnPage', 'reliedOnAfter', 'tombstones', 'awaited', 'notices'];

/** What was said of one, in order. */
export const CONSENT_STEPS: Schema = {
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
};

export const consentSchemas: Schemas = {
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
      steps: CONSENT_STEPS,
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
};
