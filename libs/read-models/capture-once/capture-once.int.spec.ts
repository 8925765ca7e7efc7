import { REPEAT_AVOIDED } from '#learner-file';
import { LEARNER, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { captureOnce } from './capture-once.view.ts';
import { type DuplicatesAvoided, duplicatesAvoided } from './capture-once.query.ts';

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, captureOnce);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const counted = async (): Promise<DuplicatesAvoided> => {
  await shown.catchUp();
  return duplicatesAvoided(shown.views);
};
const existing = { assessmentId: 'a', framework: 'apir', domain: 'general', assessedOn: '2026-01-01', validUntil: '2026-04-01' };
const apir = { category: 'apir', data: { framework: 'apir' } };
const repeat = { category: 'apir', header: { existing } };

describe('duplicates avoided', () => {
  it('are counted by sender, framework and month, beside the assessments recorded', async () => {
    await log.append(
      log.contribution('assessment.recorded', apir),
      log.note(REPEAT_AVOIDED, repeat),
      log.note(REPEAT_AVOIDED, { ...repeat, actor: 'eastgate' }),
    );
    await log.append(log.note(REPEAT_AVOIDED, { ...repeat, learner: OTHER_LEARNER }));
    await log.append(log.contribution('assessment.recorded', { data: { framework: 'initial' } }));
    await log.append(log.contribution('assessment.disputed', apir));
    expect(await counted()).toEqual({
      position: 6,
      avoided: 3,
      recorded: 2,
      apart: 0,
      rows: [
        { agency: 'eastgate', framework: 'apir', month: '2026-01', avoided: 1, recorded: 0, apart: 0 },
        { agency: 'northside', framework: 'apir', month: '2026-01', avoided: 2, recorded: 1, apart: 0 },
        { agency: 'northside', framework: 'initial', month: '2026-01', avoided: 0, recorded: 1, apart: 0 },
      ],
    });
  });

  it('fall in the month of London', async () => {
    log.clock.set(Date.UTC(2026, 4, 31, 22, 59));
    await log.append(log.note(REPEAT_AVOIDED, repeat));
    log.clock.set(Date.UTC(2026, 4, 31, 23, 0));
    await log.append(log.note(REPEAT_AVOIDED, repeat));
    expect((await counted()).rows.map(({ month }) => month)).toEqual(['2026-05', '2026-06']);
  });

  it('stay counted after an erasure, no longer by framework', async () => {
    await log.append(log.contribution('assessment.recorded', apir), log.note(REPEAT_AVOIDED, repeat));
    await log.append(log.contribution('assessment.recorded', { data: { framework: 'initial' } }));
    await log.append(log.note(REPEAT_AVOIDED, { ...repeat, learner: OTHER_LEARNER }));
    await counted();
    await log.erase(LEARNER, 'apir');
    await log.append(log.note(REPEAT_AVOIDED, repeat));
    expect((await counted()).rows).toEqual([
      { agency: 'northside', framework: 'apir', month: '2026-01', avoided: 2, recorded: 0, apart: 0 },
      { agency: 'northside', framework: 'erased', month: '2026-01', avoided: 1, recorded: 1, apart: 0 },
      { agency: 'northside', framework: 'initial', month: '2026-01', avoided: 0, recorded: 1, apart: 0 },
    ]);
  });

  it('could not be where the sender might not know of the one that was valid: such are counted apart, among those recorded', async () => {
    const apart = { notes: { apartFrom: { source: 'eastgate', assessmentId: 'a' } } };
    await log.append(log.contribution('assessment.recorded', { ...apir, header: apart }), log.contribution('assessment.recorded', apir));
    expect((await counted()).rows).toEqual([
      { agency: 'northside', framework: 'apir', month: '2026-01', avoided: 0, recorded: 2, apart: 1 },
    ]);
  });

  it('are no longer counted apart after an erasure: whether one was valid beside them is of what was erased', async () => {
    const apart = { notes: { apartFrom: { source: 'eastgate', assessmentId: 'a' } } };
    await log.append(log.contribution('assessment.recorded', { ...apir, header: apart }), log.note(REPEAT_AVOIDED, repeat));
    await counted();
    await log.erase(LEARNER, 'apir');
    expect((await counted()).rows).toEqual([
      { agency: 'northside', framework: 'erased', month: '2026-01', avoided: 1, recorded: 1, apart: 0 },
    ]);
  });

  it('are none in an empty log', async () => {
    expect(await duplicatesAvoided(shown.views)).toEqual({ position: 0, avoided: 0, recorded: 0, apart: 0, rows: [] });
  });
});
