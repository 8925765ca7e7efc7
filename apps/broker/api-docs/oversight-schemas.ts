// What data protection officers are told beside single decisions, in the document.
import { DECISION_GROUPS as GROUPS, LEARNER } from './audit-paths.ts';
import {
  AT,
  CONSENT,
  consentSchemas,
  COUNT,
  DAY,
  FLAG,
  listOf,
  POSITION,
  says,
  TEXT,
  TEXTS,
  WHO,
  WITHDRAWAL_IN_LIST,
  WITHDRAWAL_NEEDED,
} from './consent-schemas.ts';
import { plainObject, type Schemas } from './openapi.ts';

export const oversightSchemas: Schemas = {
  ...consentSchemas,
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
      withheld: {
        type: 'array',
        description:
          'What is kept from the learner today, the soonest to end first; nothing of what it says. To an officer of an agency its own.',
        items: plainObject(
          {
            type: TEXT,
            category: TEXT,
            position: POSITION,
            source: says(TEXT, 'The agency that told it, and that withholds it.'),
            statedAt: AT,
            ground: { enum: ['serious-harm', 'crime'], description: 'Absent where it was erased.' },
            until: says(DAY, 'The last day.'),
          },
          ['type', 'category', 'position', 'source', 'statedAt', 'until'],
        ),
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
    ['learner', 'consents', 'rights', 'identity', 'withheld', 'counts'],
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
          'A learner’s reference (`uln:…` or the ten digits, `local:…` or the agency’s own id, a pseudonym of the office), a position, the id of an event or of a receipt, a consent’s id (`source/id`, or the id alone), or a member of staff’s.',
      },
      learner: says(LEARNER.schema, 'Of whom, for a consent and for a member of staff; without it of whomever, the latest first.'),
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
      more: says(FLAG, 'There is more by that name than the 20 that are told: name the learner.'),
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
        items: plainObject({ ...WHO, id: CONSENT.id, protocol: TEXT, categories: TEXTS, ...WITHDRAWAL_IN_LIST }, [
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
      questions: plainObject(
        { open: COUNT, overdue: COUNT, due: says(DAY, 'The earliest day of what comes next.') },
        ['open', 'overdue'],
        'What learners asked and complained about and is not answered yet; at most 1,000 are counted.',
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
    ['at', 'notices', 'withdrawals', 'refusals', 'questions', 'protocols', 'log'],
  ),
};
