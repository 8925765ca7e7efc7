// Whatever is drawn, the drawing says what its tables say: words, numbers, and lengths and places in the proportion of the numbers.
import fc from 'fast-check';
import { consentLife, type ConsentStatus } from './consent-life.ts';
import { dutiesByAge } from './duties-by-age.ts';
import { marked, markOfRow, numberOf, parsed, tagged, titleOf } from './fixtures/drawn.ts';
import { howFastStopBites } from './how-fast-stop-bites.ts';
import { learnersCircle } from './learners-circle.ts';
import { counted, londonDay, written } from './lettering.ts';
import { looksByDay } from './looks-by-day.ts';
import type { Picture } from './picture.ts';
import { BASES } from './sankey-drawing.ts';
import { MOST_AGENCIES, whoGivesWhat } from './who-gives-what.ts';
import { letterOf, whoMaySeeWhat } from './who-may-see-what.ts';

const RUNS = { numRuns: 60 };
const DAY = 86_400_000;
/** Rounding of coordinates to hundredths. */
const NEAR = 0.03;
/** Of the axis of a consent’s life. */
const RIGHT_EDGE = 820;

const name = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() === text && !text.includes('\n'));
const names = (maxLength: number) => fc.uniqueArray(name, { minLength: 1, maxLength });
const instant = fc.integer({ min: 0, max: 400 * DAY }).map((ms) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString());

const rowsOf = ({ tables }: Picture, table = 0) => tables[table]?.rows ?? [];

const NOWHERE = [0, 0] as const;
/** Each place is as far from the first as its value is, in one proportion. */
const expectInProportion = (points: readonly (readonly [value: number, place: number])[]): void => {
  const sorted = points.toSorted(([one], [other]) => one - other);
  const [[low, start], [high, end]] = [sorted[0] ?? NOWHERE, sorted.at(-1) ?? NOWHERE];
  if (low === high) return;
  for (const [value, place] of sorted)
    expect(Math.abs(start + ((value - low) / (high - low)) * (end - start) - place)).toBeLessThan(NEAR * 3);
};

it('a consent’s life', () => {
  const notice = fc.tuple(instant, fc.option(fc.nat(30))).map(([sentAt, days]) => ({
    sentAt,
    ...(days !== null && { answered: { on: londonDay(new Date(Date.parse(sentAt) + days * DAY).toISOString()), days } }),
  }));
  const disclosures = fc.array(instant, { maxLength: 60 }).map((all) => all.toSorted());
  const relied = fc.record({ recipient: name, disclosures, notice }, { requiredKeys: ['recipient', 'disclosures'] });
  const status = fc.constantFrom<ConsentStatus>('given', 'paused', 'resumed', 'renewed', 'withdrawn', 'expired');
  const statuses = fc
    .tuple(fc.array(status, { minLength: 1, maxLength: 6 }), fc.uniqueArray(instant, { minLength: 6, maxLength: 6 }))
    .map(([kinds, times]) => kinds.map((kind, at) => ({ status: kind, at: times.toSorted()[at] ?? '' })));
  fc.assert(
    fc.property(statuses, fc.uniqueArray(relied, { maxLength: 8, selector: ({ recipient }) => recipient }), (steps, recipients) => {
      const life = { from: new Date(Date.UTC(2025, 11, 1)).toISOString(), to: new Date(Date.UTC(2027, 3, 1)).toISOString() };
      const picture = consentLife('life', { ...life, statuses: steps, recipients });
      expectInProportion(steps.map(({ at }, row) => [Date.parse(at), numberOf(tagged(markOfRow(picture.svg, row), 'rect')[0], 'x')]));
      for (const [row, [who, disclosures = 0, , , , answered, days]] of rowsOf(picture, 1).entries()) {
        const lane = markOfRow(picture.svg, `1.${row}`);
        expect(titleOf(lane)).toBe(`${who}: ${counted(Number(disclosures), 'disclosure')}`);
        const bars = marked(lane, 'data-count').reduce((sum, bar) => sum + numberOf(bar, 'data-count'), 0);
        expect(marked(lane, 'data-mark', 'disclosure').length + bars).toBe(disclosures);
        expect(marked(lane, 'data-mark', 'answered').length).toBe(['waiting', 'none'].includes(String(answered)) ? 0 : 1);
        if (days !== '') expect(lane.text).toContain(counted(Number(days), 'day'));
        const circles = tagged(lane, 'circle').map((circle) => numberOf(circle, 'cx'));
        expect([...circles, RIGHT_EDGE]).toEqual([...circles, RIGHT_EDGE].toSorted((one, other) => one - other));
        const ticks = marked(lane, 'data-mark', 'disclosure');
        expectInProportion(ticks.map((tick, at) => [Date.parse(recipients[row]?.disclosures[at] ?? ''), numberOf(tick, 'x1')]));
      }
      const after = rowsOf(picture, 1).reduce((sum, row) => sum + Number(row[3]), 0);
      const [rule] = marked(parsed(picture.svg), 'data-mark', 'after');
      if (rule !== undefined) expect(rule.text).toBe(`withdrawn: ${written(after)} after`);
    }),
    RUNS,
  );
});

it('who gives what to whom', () => {
  const flow = fc.record({
    source: fc.constantFrom('Careers', 'Forge & Sons', 'A <college>'),
    category: fc.constantFrom('reviews', 'assessments', 'offers'),
    recipient: fc.constantFrom('Anvil', 'Town "hall"', 'Forge & Sons', 'YOT'),
    basis: fc.constantFrom('consent', 'public-task', 'safeguarding'),
    count: fc.nat(5000),
  });
  const keyOf = (one: { readonly [Key in 'source' | 'category' | 'recipient' | 'basis']: string }): string =>
    [one.source, one.category, one.recipient, one.basis].join('\n');
  fc.assert(
    fc.property(fc.uniqueArray(flow, { minLength: 1, maxLength: 30, selector: keyOf }), (some) => {
      const flows = some.map((one) => ({ ...one, sourceRole: one.source, recipientRole: one.recipient }));
      expect(new Set(flows.flatMap(({ source, recipient }) => [source, recipient])).size).toBeLessThanOrEqual(MOST_AGENCIES);
      const picture = whoGivesWhat('flows', { counted: 'decisions', flows });
      const points = rowsOf(picture).map(([source, category, recipient, basis, told], row) => {
        const [count = NaN] = flows
          .filter((one) => keyOf({ ...one, basis: BASES[one.basis].words }) === [source, category, recipient, basis].join('\n'))
          .map((one) => one.count);
        const ribbon = markOfRow(picture.svg, row);
        expect(told).toBe(count === 0 ? 'allowed, never used' : written(count));
        const size = count === 0 ? told : counted(count, 'decision');
        expect(titleOf(ribbon)).toBe(`${source} gives ${category} to ${recipient}, ${basis}: ${size}`);
        const [wide = NaN, wideToo = NaN] = marked(ribbon, 'data-width').map((path) => numberOf(path, 'data-width'));
        expect(Math.abs(wide - wideToo)).toBeLessThan(NEAR);
        return [count, wide] as const;
      });
      expectInProportion(points.filter(([count]) => count > 0));
    }),
    RUNS,
  );
});

it('how fast “stop” bites', () => {
  const seconds = fc.array(
    fc.integer({ min: 0, max: 900 }).map((hundredths) => hundredths / 100),
    { minLength: 1, maxLength: 60 },
  );
  const acknowledgement = fc.record({ agency: name, days: fc.nat(40), state: fc.constantFrom('answered', 'waiting', 'overdue') });
  fc.assert(
    fc.property(seconds, fc.array(acknowledgement, { maxLength: 12 }), (all, acknowledgements) => {
      const picture = howFastStopBites('stops', { seconds: all, acknowledgements, dutyDays: 5 });
      const steps = rowsOf(picture).map(([within = 0, stopped = 0], row) => {
        const mark = markOfRow(picture.svg, row);
        expect(titleOf(mark)).toBe(`${written(Number(stopped))} within ${written(Number(within))} s`);
        expect(stopped).toBe(all.filter((each) => each <= Number(within)).length);
        return { within: Number(within), stopped: Number(stopped), mark: mark.within.find(({ name: tag }) => tag === 'circle') };
      });
      expect(steps.at(-1)?.stopped).toBe(all.length);
      expectInProportion(steps.map(({ within, mark }) => [within, numberOf(mark, 'cx')]));
      expectInProportion(steps.map(({ stopped, mark }) => [stopped, numberOf(mark, 'cy')]));
      const dots = rowsOf(picture, 1).map(([agency, days = 0, state], row) => {
        const mark = markOfRow(picture.svg, `1.${row}`);
        expect(titleOf(mark)).toBe(`${agency}: ${counted(Number(days), 'day')}, ${state}`);
        const dot = mark.within.at(-1);
        expect(dot?.name).toBe(state === 'overdue' ? 'rect' : 'circle');
        return [Number(days), dot?.name === 'rect' ? numberOf(dot, 'x') + 6 : numberOf(dot, 'cx')] as const;
      });
      expectInProportion(dots);
    }),
    RUNS,
  );
});

it('who may see what', () => {
  fc.assert(
    fc.property(
      names(5),
      names(5),
      names(4),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.constantFrom('full', 'summary', 'existence'), fc.boolean()), { maxLength: 12 }),
      (roles, categories, purposes, drawn) => {
        const one = <T>(of: readonly T[], at: number): T => of[at % of.length] as T;
        const sights = drawn.map(([role, category, purpose, level, needsConsent]) => ({
          role: one(roles, role),
          category: one(categories, category),
          purpose: one(purposes, purpose),
          level,
          needsConsent,
        }));
        const picture = whoMaySeeWhat('sights', { roles, categories, purposes, sights });
        const cells = marked(parsed(picture.svg), 'data-rows');
        const rows = cells.flatMap((cell) => (cell.attributes['data-rows'] ?? '').split(' ').map(Number));
        expect(rows.toSorted((a, b) => a - b)).toEqual(rowsOf(picture).map((_, row) => row));
        for (const cell of cells) {
          const here = (cell.attributes['data-rows'] ?? '').split(' ').map((row) => rowsOf(picture)[Number(row)] ?? []);
          for (const [role, category, purpose, level] of here) {
            expect(titleOf(cell).startsWith(`${role}, ${category}: `)).toBe(true);
            expect(titleOf(cell)).toContain(`${level} for ${String(purpose).slice(3)}`);
            expect(purpose).toBe(`${letterOf(purposes.indexOf(String(purpose).slice(3)))}: ${String(purpose).slice(3)}`);
          }
          const border = tagged(cell, 'rect')[0]?.attributes['class'] ?? '';
          const needing = here.filter((row) => row[4] === 'yes').length;
          expect([border.includes('picture-consent'), border.includes('picture-some-consent')]).toEqual([
            needing === here.length,
            needing > 0 && needing < here.length,
          ]);
        }
      },
    ),
    RUNS,
  );
});

it('looks by day', () => {
  const day = fc.record({ offset: fc.nat(120), looks: fc.nat(200), isUnusual: fc.boolean() });
  fc.assert(
    fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 40, selector: ({ offset }) => offset }), (some) => {
      const days = some
        .toSorted((one, other) => one.offset - other.offset)
        .map(({ offset, ...rest }) => ({ day: new Date(Date.UTC(2026, 0, 1) + offset * DAY).toISOString().slice(0, 10), ...rest }));
      const picture = looksByDay('looks', days, { from: '2026-01-01', to: '2026-05-01' });
      const steps = rowsOf(picture).map(([on, looks = 0, unusual], row) => {
        const mark = markOfRow(picture.svg, row);
        expect(titleOf(mark)).toBe(`${on}: ${counted(Number(looks), 'look')}${unusual === 'yes' ? ', unusual' : ''}`);
        const shown = tagged(mark, 'text')[0]?.text;
        expect(shown).toBe(`${looks === 0 ? '' : written(Number(looks))}${unusual === 'yes' ? '!' : ''}`);
        return [Number(looks), numberOf(mark, 'data-step')] as const;
      });
      const rising = steps.toSorted(([one], [other]) => one - other).map(([, step]) => step);
      expect(rising).toEqual(rising.toSorted((one, other) => one - other));
    }),
    RUNS,
  );
});

it('duties by age', () => {
  const ages = { due: fc.nat(400), upTo7: fc.nat(400), upTo28: fc.nat(400), over28: fc.nat(400) };
  fc.assert(
    fc.property(fc.uniqueArray(fc.record({ duty: name, ...ages }), { minLength: 1, maxLength: 8, selector: ({ duty }) => duty }), (all) => {
      const picture = dutiesByAge('duties', all);
      const pieces = rowsOf(picture).flatMap(([duty, ...cells], row) => {
        const bar = markOfRow(picture.svg, row);
        const counts = cells.slice(0, 4).map(Number);
        expect(cells[4]).toBe(counts.reduce((sum, count) => sum + count, 0));
        expect(titleOf(bar)).toBe(`${duty}: ${counted(Number(cells[4]), 'open')}`);
        return ['due', 'upTo7', 'upTo28', 'over28'].flatMap((age, at) =>
          marked(bar, 'data-age', age).map((piece) => [counts[at] ?? 0, numberOf(piece, 'width')] as const),
        );
      });
      expectInProportion(pieces);
      expect(pieces.length).toBe(
        rowsOf(picture)
          .flatMap((row) => row.slice(1, 5))
          .filter((count) => count !== 0).length,
      );
    }),
    RUNS,
  );
});

it('the learner’s circle', () => {
  const one = fc.record({ agency: name, kinds: names(4), state: fc.constantFrom('knows', 'told-to-stop') });
  fc.assert(
    fc.property(
      fc.uniqueArray(one, { maxLength: 14, selector: ({ agency }) => agency }),
      fc.constantFrom('en', 'cy'),
      (known, language) => {
        const picture = learnersCircle('circle', known, language);
        expect(marked(parsed(picture.svg), 'data-line').map(({ attributes }) => attributes['data-state'])).toEqual(
          known.map(({ state }) => state),
        );
        for (const [row, [agency, kinds, state]] of rowsOf(picture).entries())
          expect(titleOf(markOfRow(picture.svg, row))).toBe(`${agency}: ${kinds}. ${state}.`);
      },
    ),
    RUNS,
  );
});
