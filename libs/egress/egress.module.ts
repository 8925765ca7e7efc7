import { Module } from '@nestjs/common';
import { AskingLists } from './asking-lists.service.ts';
import { AskAboutLearnerHandler } from './egress.handlers.ts';
import { auditHandlers } from './audit.handlers.ts';
import { AskForDataQualityHandler, AskForMatchHandler } from './data-quality.handlers.ts';
import { AskForDocumentHandler } from './documents.handlers.ts';
import { AuditController, OwnRecordController } from './http/audit.controller.ts';
import { AskForChecklistHandler } from './checklist.handlers.ts';
import { ChecklistController } from './http/checklist.controller.ts';
import { documentControllers } from './http/documents.controller.ts';
import { LearnersController } from './http/learners.controller.ts';
import { listControllers } from './http/lists.controller.ts';
import { NoticesController } from './http/notices.controller.ts';
import { ownControllers } from './http/own.controller.ts';
import { ReportsController } from './http/reports.controller.ts';
import { SessionController } from './http/session.controller.ts';
import { TiesController } from './http/ties.controller.ts';
import { AskForListHandler } from './lists.handlers.ts';
import {
  AskForExplanationHandler,
  AskForIssuedNoticesHandler,
  AskForQuarantineContentHandler,
  AskWhoSawWhatHandler,
} from './looks.handlers.ts';
import { AskForNoticesHandler } from './notices.handlers.ts';
import { ownHandlers } from './own.handlers.ts';
import { reportHandlers } from './reports.handlers.ts';
import { sessionHandlers } from './session.handlers.ts';
import { AskForThingsHandler } from './things.handlers.ts';
import { tieHandlers } from './ties.handlers.ts';
import { AskForWorkedOutHandler } from './worked-out.handlers.ts';

/**
 * Needs `UseCases`, `Gate`, `NamedLearners`, `PageCursors`, `Registers`, `ReportRegister`, `BearerTokens`, `RateLimits`,
 * `SignInCodes`, `PSEUDONYMS`, `RECORDED_DECISIONS`, `QUARANTINE`, `CLOCK`, `HEAD` and `VIEWS` from the composition root.
 */
@Module({
  controllers: [
    AuditController,
    ChecklistController,
    LearnersController,
    NoticesController,
    OwnRecordController,
    ReportsController,
    SessionController,
    TiesController,
    ...documentControllers,
    ...listControllers,
    ...ownControllers,
  ],
  providers: [
    AskAboutLearnerHandler,
    AskForChecklistHandler,
    AskForDataQualityHandler,
    AskForMatchHandler,
    AskForDocumentHandler,
    AskForExplanationHandler,
    AskForIssuedNoticesHandler,
    AskForListHandler,
    AskForNoticesHandler,
    AskForQuarantineContentHandler,
    AskForThingsHandler,
    AskForWorkedOutHandler,
    AskWhoSawWhatHandler,
    ...auditHandlers,
    AskingLists,
    ...ownHandlers,
    ...reportHandlers,
    ...sessionHandlers,
    ...tieHandlers,
  ],
})
export class EgressModule {}
