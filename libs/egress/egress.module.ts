import { Module, type Type, UseInterceptors } from '@nestjs/common';
import { agencyLooksHandlers } from './agency-looks.handlers.ts';
import { askingLists } from './asking-lists.service.ts';
import { AskAboutLearnerHandler } from './egress.handlers.ts';
import { auditHandlers } from './audit.handlers.ts';
import { AskForCompletenessHandler } from './completeness.handlers.ts';
import { AgencyLooksController } from './http/agency-looks.controller.ts';
import { CompletenessController } from './http/completeness.controller.ts';
import { AskForMatchHandler, queueHandlers } from './data-quality.handlers.ts';
import { AskForDocumentHandler } from './documents.handlers.ts';
import { AuditController, OwnRecordController } from './http/audit.controller.ts';
import { figureHandlers } from './figures.handlers.ts';
import { AskForChecklistHandler } from './checklist.handlers.ts';
import { FiguresController } from './http/figures.controller.ts';
import { ChecklistController } from './http/checklist.controller.ts';
import { documentControllers } from './http/documents.controller.ts';
import { LearnersController } from './http/learners.controller.ts';
import { listControllers } from './http/lists.controller.ts';
import { ProspectusController } from './http/prospectus.controller.ts';
import { MinPositionInterceptor } from './http/min-position.interceptor.ts';
import { NoticesController } from './http/notices.controller.ts';
import { LooksByDayController } from './http/looks-by-day.controller.ts';
import { OversightController } from './http/oversight.controller.ts';
import { OversightListsController } from './http/oversight-lists.controller.ts';
import { OwnFeedController } from './http/own-feed.controller.ts';
import { ownControllers } from './http/own.controller.ts';
import { QuestionsController } from './http/questions.controller.ts';
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
import { oversightHandlers } from './oversight.handlers.ts';
import { looksByDayHandlers } from './looks-by-day.handlers.ts';
import { whoHandlers } from './show-who.handlers.ts';
import { oversightListHandlers } from './oversight-lists.handlers.ts';
import { AskForProspectusHandler } from './prospectus.handlers.ts';
import { questionHandlers } from './questions.handlers.ts';
import { simulationHandlers } from './simulation.handlers.ts';
import { ownHandlers } from './own.handlers.ts';
import { reportHandlers } from './reports.handlers.ts';
import { sessionHandlers } from './session.handlers.ts';
import { AskForThingsHandler } from './things.handlers.ts';
import { ownFeedHandlers } from './own-feed.handlers.ts';
import { tieHandlers } from './ties.handlers.ts';
import { AskForWorkedOutHandler } from './worked-out.handlers.ts';

/** Whoever asks there may say how far the log must be, on every route (ADR 70). What is sent in, as events are, goes by no such way. */
export const askedAsFar = (controllers: readonly Type[]): Type[] => {
  for (const one of controllers) UseInterceptors(MinPositionInterceptor)(one);
  return [...controllers];
};

/**
 * Needs `UseCases`, `Gate`, `NamedLearners`, `Oversight`, `SignInCodes`, `PageCursors`, `Registers`, `ReportRegister`, `BearerTokens`,
 * `RateLimits`, `PSEUDONYMS`, `RECORDED_DECISIONS`, `FeedsHere`, `QUARANTINE`, `CLOCK`, `HEAD` and `VIEWS` from the composition root.
 */
@Module({
  controllers: askedAsFar([
    AuditController,
    ChecklistController,
    FiguresController,
    CompletenessController,
    LearnersController,
    NoticesController,
    OversightController,
    LooksByDayController,
    AgencyLooksController,
    OversightListsController,
    OwnFeedController,
    OwnRecordController,
    ProspectusController,
    QuestionsController,
    ReportsController,
    SessionController,
    TiesController,
    ...documentControllers,
    ...listControllers,
    ...ownControllers,
  ]),
  providers: [
    AskAboutLearnerHandler,
    AskForChecklistHandler,
    AskForCompletenessHandler,
    AskForMatchHandler,
    AskForDocumentHandler,
    AskForExplanationHandler,
    AskForIssuedNoticesHandler,
    AskForListHandler,
    AskForNoticesHandler,
    AskForQuarantineContentHandler,
    AskForProspectusHandler,
    AskForThingsHandler,
    AskForWorkedOutHandler,
    AskWhoSawWhatHandler,
    ...auditHandlers,
    ...oversightHandlers,
    ...whoHandlers,
    ...looksByDayHandlers,
    ...queueHandlers,
    ...agencyLooksHandlers,
    ...oversightListHandlers,
    ...questionHandlers,
    ...figureHandlers,
    askingLists,
    ...ownHandlers,
    ...ownFeedHandlers,
    ...reportHandlers,
    ...simulationHandlers,
    ...sessionHandlers,
    ...tieHandlers,
  ],
})
export class EgressModule {}
