// The page after an act of an administrator, an officer or the data manager, and its receipt to take away (console.md, 3).
import { Controller, Get, NotFoundException, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type ActReceipt, recordedIn, type RecordedPage } from './recorded.ts';
import { type Visit, VisitOf } from './visit.ts';

@Controller('recorded')
export class RecordedController {
  @Get()
  shown(@VisitOf() visit: Visit): string {
    return visit.page('templates/recorded.njk', { ...toldIn(visit) });
  }

  @Get('receipt.json')
  receipt(@VisitOf() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): ActReceipt {
    const { receipt } = toldIn(visit);
    void reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="receipt-${receipt.positions.join('-') || 'none'}.json"`);
    return receipt;
  }
}

/** Of whoever is signed in alone. */
const toldIn = (visit: Visit): RecordedPage => {
  const told = visit.person.kind === 'learner' ? undefined : recordedIn(visit);
  if (told === undefined) throw new NotFoundException();
  return told;
};
