import { type DataSchema, dataOf, fieldsOf, labelOf } from './form-fields.ts';

const SCHEMA: DataSchema = {
  type: 'object',
  required: ['reviewId', 'heldOn', 'attendees', 'assessor', 'framework'],
  'x-concordat': { type: 'uk.concordat.review.held.v1', identifies: 'reviewId' },
  properties: {
    note: { type: 'string', maxLength: 4000 },
    reviewId: { type: 'string', maxLength: 200 },
    heldOn: { type: 'string', format: 'date' },
    attendees: { type: 'array', items: { type: 'string' } },
    assessor: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, role: { type: 'string' } } },
    framework: { enum: ['apir', 'initial', 310], 'x-labels': { apir: 'APIR', '310': 'Apprenticeship' } },
    factors: {
      type: 'array',
      items: { type: 'object', required: ['code', 'level'], properties: { code: { type: 'string' }, level: { type: 'integer' } } },
    },
    score: { type: 'number' },
    withheld: { type: 'boolean' },
  },
};
const FIELDS = fieldsOf(SCHEMA);
const WHOLE = {
  'heldOn-day': '3',
  'heldOn-month': '9',
  'heldOn-year': '2026',
  attendees: 'learner\r\n\r\n key-worker ',
  'assessor.name': 'R. Jones',
  framework: 'initial',
};

describe('fields of a schema', () => {
  it('ask for what is required first, and not for the id that is drawn', () => {
    expect(FIELDS.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['heldOn', 'day', true],
      ['attendees', 'lines', true],
      ['assessor.name', 'line', true],
      ['framework', 'choice', true],
      ['note', 'text', false],
      ['assessor.role', 'line', false],
      ['factors', 'rows', false],
      ['score', 'number', false],
      ['withheld', 'yes', false],
    ]);
  });

  it('say what codes mean', () => {
    expect(FIELDS.find(({ name }) => name === 'framework')?.choices).toEqual([
      { value: 'apir', text: 'APIR' },
      { value: 'initial', text: 'Initial' },
      { value: '310', text: 'Apprenticeship (310)' },
    ]);
  });

  it.each([
    ['assessedOn', 'Assessed on'],
    ['assessor.name', 'Assessor name'],
    ['not-ready', 'Not ready'],
  ])('are labelled in words: %s', (name, label) => {
    expect(labelOf(name)).toBe(label);
  });
});

describe('what was entered', () => {
  it('becomes the data of an event, without what was left empty', () => {
    const { data, faults } = dataOf(FIELDS, { ...WHOLE, note: '  ', factors: 'housing; 3\nincome;2', score: '12.5', withheld: 'true' });
    expect(faults).toEqual([]);
    expect(data).toEqual({
      heldOn: '2026-09-03',
      attendees: ['learner', 'key-worker'],
      assessor: { name: 'R. Jones' },
      framework: 'initial',
      factors: [
        { code: 'housing', level: 3 },
        { code: 'income', level: 2 },
      ],
      score: 12.5,
      withheld: true,
    });
  });

  it('lacks what is required, field by field', () => {
    expect(dataOf(FIELDS, {}).faults.map(({ name }) => name)).toEqual(['heldOn', 'attendees', 'assessor.name', 'framework']);
  });

  it.each([
    ['heldOn', { 'heldOn-day': '31', 'heldOn-month': '2' }],
    ['score', { score: 'twelve' }],
    ['factors', { factors: 'housing' }],
    ['factors', { factors: 'housing; 3; 4' }],
  ])('is told where it cannot be read: %s %j', (name, entered) => {
    expect(dataOf(FIELDS, { ...WHOLE, ...entered }).faults.map((fault) => fault.name)).toEqual([name]);
  });
});
