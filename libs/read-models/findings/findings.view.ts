// What looking at agencies found, about whom, and whether it is closed (views.md, S24).
import { table } from '../engine/index.ts';
import { thingName, thingProjector } from '../lists/index.ts';

export const findings = table({
  name: 'findings',
  columns: {
    source: 'text',
    finding: 'text',
    /** The agency that it is about, and the last day for what it is to do. */
    named: 'text',
    due: 'text',
    recorded: 'integer',
    closed: 'integer?',
  },
  key: ['source', 'finding'],
  indexes: [
    ['source', 'due', 'finding'],
    ['source', 'named', 'due', 'finding'],
  ],
});

export const findingsView = thingProjector(
  { name: 'findings', version: 1, tables: [findings] },
  {
    'quality.finding-recorded': ({ source, position: recorded, data: { findingId, agency: named, due } }, rows) =>
      rows.put(findings, { source, finding: thingName(findingId), named, due, recorded, closed: null }),
    'quality.finding-closed': ({ source, position: closed, data: { findingId, of = source } }, rows) =>
      rows.change(findings, { source: of, finding: thingName(findingId) }, { closed }),
  },
);
