import { actsOn, type AnswerAct, answerEvent, draftOf, faultsIn } from './answering.ts';
import type { Question } from './audit-answers.ts';

const complaint: Question = {
  ...{ learner: 'psn:x', localId: 'f-1', position: '7', kind: 'complaint', id: 'x-1', about: 'forge', askedOn: '2026-10-01' },
  ...{ state: 'waiting', acknowledgeBy: '2026-10-31', answerBy: '2026-11-12', due: '2026-10-31', overdue: false },
  ...{ text: 'It is wrong.', answers: [], answerAs: 'local:f-1', of: 'own-page' },
};
const drawn = { id: 'd-1', time: '2026-10-02T09:00:00.000Z' };
const drafted = (act: AnswerAct, entered: Readonly<Record<string, string>> = { text: ' Mended. ' }, question = complaint) =>
  draftOf(question, act, entered, drawn);

it('is an acknowledgement or an answer of a complaint that waits, then an answer, then nothing', () => {
  expect(actsOn(complaint)).toEqual(['acknowledge', 'answer']);
  expect(actsOn({ ...complaint, state: 'acknowledged' })).toEqual(['answer']);
  expect(actsOn({ ...complaint, kind: 'question' })).toEqual(['answer']);
  expect(actsOn({ ...complaint, state: 'answered' })).toEqual([]);
});

it('is signed by the agency for the member of its staff who wrote it, once however often it is sent', () => {
  expect(answerEvent('forge', 'hanna', drafted('answer'))).toMatchObject({
    source: 'urn:concordat:agency:forge',
    id: 'd-1',
    type: 'uk.concordat.complaint.answered.v1',
    subject: 'local:f-1',
    data: { complaintId: 'x-1', text: 'Mended.', of: 'own-page' },
    authored: 'staffId=hanna&form=complaint.answered&time=2026-10-02T09%3A00%3A00.000Z',
  });
  expect(answerEvent('forge', 'hanna', drafted('acknowledge'))).toMatchObject({
    type: 'uk.concordat.complaint.acknowledged.v1',
    data: { due: '2026-11-12' },
  });
  const question = { ...complaint, kind: 'question', id: 'q-1' } as const;
  expect(answerEvent('forge', 'hanna', drafted('answer', { text: 'So.' }, question)).data).toEqual({
    questionId: 'q-1',
    text: 'So.',
    of: 'own-page',
  });
});

it('needs words, and a name for the learner where the agency never used one', () => {
  expect(faultsIn(drafted('answer'))).toEqual({});
  expect(faultsIn(drafted('answer', { text: ' ' }))).toHaveProperty('text');
  expect(faultsIn(drafted('answer', { text: 'x'.repeat(4001) }))).toHaveProperty('text');
  const { answerAs: _, ...unnamed } = complaint;
  expect(faultsIn(drafted('answer', { text: 'So.' }, unnamed))).toHaveProperty('subject');
  expect(drafted('answer', { text: 'So.', subject: '1000000000' }, unnamed).subject).toBe('uln:1000000000');
  expect(drafted('answer', { text: 'So.', subject: 'local:else' }).subject).toBe('local:f-1');
});
