// What data protection officers may be told, as examples for the document.

export const WHO = { learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w' };
export const CONSENT = {
  id: 'connexions-north/k-1',
  capturedBy: 'connexions-north',
  status: 'withdrawn',
  protocol: 'e2e-passport',
  purposes: ['plan-learning'],
  categories: ['assessment'],
  recipients: ['provider'],
  givenBy: 'learner',
  method: 'signed-form',
  notice: { id: 'e2e', version: '1', language: 'en' },
  evidence: true,
  validFrom: '2026-06-29',
  recordedAt: '2026-06-29T10:04:00.000Z',
  changedAt: '2026-11-30T09:00:00.000Z',
  counts: true,
  reliedOn: 1,
};
export const WITHDRAWAL = {
  position: '5120',
  at: '2026-11-30T09:00:00.000Z',
  by: 'learner',
  onOwnPage: true,
  capturedBy: 'learner-page',
  lastBefore: { position: '4711', at: '2026-09-07T09:12:00.000Z', recipient: 'heath-town-skills' },
  reliedOnAfter: 0,
  tombstones: [{ position: '5122', at: '2026-11-30T09:00:00.400Z', recipient: 'heath-town-skills', seconds: 0.4, items: 1 }],
  awaited: [],
  stoppedAt: '2026-11-30T09:00:00.400Z',
  seconds: 0.4,
  notices: [
    {
      notice: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
      recipient: 'heath-town-skills',
      issuedAt: '2026-11-30T09:00:01.000Z',
      due: '2026-12-05',
      state: 'acknowledged',
      acknowledgedOn: '2026-12-02',
      action: 'deleted',
      days: 2,
    },
  ],
};
export const LIFE = {
  ...WHO,
  ...CONSENT,
  steps: [
    {
      kind: 'given',
      position: '3001',
      at: CONSENT.recordedAt,
      saidAt: CONSENT.recordedAt,
      by: 'learner',
      onOwnPage: false,
      capturedBy: CONSENT.capturedBy,
      counts: true,
    },
    {
      kind: 'withdrawn',
      position: WITHDRAWAL.position,
      at: WITHDRAWAL.at,
      saidAt: WITHDRAWAL.at,
      by: 'learner',
      onOwnPage: true,
      capturedBy: WITHDRAWAL.capturedBy,
      counts: true,
    },
  ],
  bands: [
    { status: 'given', from: CONSENT.recordedAt, until: WITHDRAWAL.at },
    { status: 'withdrawn', from: WITHDRAWAL.at },
  ],
  relied: [
    {
      position: '4711',
      at: '2026-09-07T09:12:00.000Z',
      recipient: 'heath-town-skills',
      staff: 'staff-17',
      route: 'learner',
      asked: 'passport',
      clause: 'e2e-passport@1#EP3',
      basis: '6(1)(e)',
      purpose: 'plan-learning',
      revision: 2,
      categories: ['assessment'],
      items: 1,
    },
  ],
  lanes: [
    { recipient: 'heath-town-skills', disclosures: 1, first: '2026-09-07T09:12:00.000Z', last: '2026-09-07T09:12:00.000Z', after: 0 },
  ],
  withdrawal: WITHDRAWAL,
};
export const OVERVIEW = {
  ...WHO,
  consents: [CONSENT],
  rights: [],
  identity: [{ type: 'learner.registered', position: '2990', at: '2026-06-29T10:00:00.000Z', capturedBy: 'connexions-north' }],
  counts: {
    decisions: 12,
    answered: 11,
    refused: 1,
    looks: 2,
    latest: '2026-11-29T16:00:00.000Z',
    notices: { open: 0, overdue: 0, acknowledged: 1 },
  },
};
export const AS_OF = {
  ...WHO,
  agency: 'heath-town-skills',
  day: '2026-09-03',
  purpose: 'plan-learning',
  at: '2026-09-03T22:59:59.999Z',
  outcome: 'not-known',
  permitted: [],
  refused: [],
};
export const SUMMARY = {
  at: '2026-11-30',
  notices: { open: 3, overdue: 1, oldestDue: '2026-11-25' },
  withdrawals: 2,
  refusals: { refused: 14, more: false },
  questions: { open: 2, overdue: 0, due: '2026-12-02' },
  protocols: [{ protocol: 'e2e-passport', version: 1, status: 'in-force', due: '2026-12-20' }],
  log: { position: '48213', viewPosition: '48213' },
};
