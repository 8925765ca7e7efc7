// The record of processing activities, as a page to print and as a file (console.md, /dpo/record-of-processing). Agreements are public.
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { copyName } from '../shell/file-name.ts';
import { rowsTaken } from '../shell/rows-taken.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Summary } from './audit-answers.ts';
import { DATA_SUBJECTS, type ProcessingAgreement, processingFile, processingOf, type ProcessingRecord } from './processing.ts';

interface Listed {
  readonly protocols: readonly { readonly id: string; readonly version: number; readonly status: string }[];
}

const IN_FORCE: readonly string[] = ['in-force', 'review-due'];

@Controller('dpo/record-of-processing')
export class ProcessingController {
  @Get()
  async page(@VisitOf() visit: Visit): Promise<string> {
    const records = await recordsIn(visit);
    const rows = records.flatMap(({ activities }) => activities).length;
    return visit.page('officer/processing.njk', {
      records,
      subjects: DATA_SUBJECTS,
      csvSays: rowsTaken({ rows, goesOn: false }, 'in the file'),
    });
  }

  @Get('csv')
  async file(@VisitOf() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { log } = await visit.ask<Pick<Summary, 'log'>>('/v1/audit/summary');
    const name = copyName(`record-of-processing-${log.position}.csv`, visit.person);
    void reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` });
    return processingFile(await recordsIn(visit));
  }
}

const recordsIn = async (visit: Visit): Promise<readonly ProcessingRecord[]> => {
  const { protocols } = await visit.ask<Listed>('/v1/protocols');
  const inForce = protocols.filter(({ status }) => IN_FORCE.includes(status));
  const agreements = await Promise.all(
    inForce.map(({ id, version }) => visit.ask<ProcessingAgreement>(`/v1/protocols/${encodeURIComponent(id)}/${version}`)),
  );
  return agreements.map((agreement) => processingOf(agreement, visit.nameOf));
};
