import { Module } from '@nestjs/common';
import { AskAboutLearnerHandler } from './egress.handlers.ts';
import { AskForDataQualityHandler, AskForMatchHandler } from './data-quality.handlers.ts';
import { AskForDocumentHandler } from './documents.handlers.ts';
import { documentControllers } from './http/documents.controller.ts';
import { LearnersController } from './http/learners.controller.ts';
import { listControllers } from './http/lists.controller.ts';
import { NoticesController } from './http/notices.controller.ts';
import { TiesController } from './http/ties.controller.ts';
import { AskForListHandler } from './lists.handlers.ts';
import {
  AskForExplanationHandler,
  AskForIssuedNoticesHandler,
  AskForQuarantineContentHandler,
  AskWhoSawWhatHandler,
} from './looks.handlers.ts';
import { AskForNoticesHandler } from './notices.handlers.ts';
import { AskForThingsHandler } from './things.handlers.ts';
import { tieHandlers } from './ties.handlers.ts';

/**
 * Needs `UseCases`, `Gate`, `NamedLearners`, `PageCursors`, `Registers`, `BearerTokens`, `RateLimits`, `QUARANTINE`, `CLOCK`, `HEAD` and
 * `VIEWS` from the composition root.
 */
@Module({
  controllers: [LearnersController, NoticesController, TiesController, ...documentControllers, ...listControllers],
  providers: [
    AskAboutLearnerHandler,
    AskForDataQualityHandler,
    AskForMatchHandler,
    AskForDocumentHandler,
    AskForExplanationHandler,
    AskForIssuedNoticesHandler,
    AskForListHandler,
    AskForNoticesHandler,
    AskForQuarantineContentHandler,
    AskForThingsHandler,
    AskWhoSawWhatHandler,
    ...tieHandlers,
  ],
})
export class EgressModule {}
