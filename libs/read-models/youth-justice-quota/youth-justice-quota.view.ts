// Places as they were agreed last for young people under supervision, by provider, kind and year (views.md, S7).
import { table } from '../engine/index.ts';
import { thingName, thingProjector } from '../lists/index.ts';

export const quotas = table({
  name: 'quotas',
  columns: { source: 'text', quota: 'text', agreed_on: 'text', agreed: 'integer' },
  key: ['source', 'quota'],
  indexes: [['source', 'agreed_on', 'quota']],
});

export const quotaView = thingProjector(
  { name: 'youth-justice-quota', version: 1, tables: [quotas] },
  {
    'quota.agreed': ({ source, position: agreed, toldOn: agreed_on, data: { provider, programmeKind, year } }, rows) =>
      rows.put(quotas, { source, quota: thingName(provider, programmeKind, String(year)), agreed_on, agreed }),
  },
);
