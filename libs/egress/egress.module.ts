import { Module } from '@nestjs/common';
import { AskAboutLearnerHandler } from './egress.handlers.ts';
import { LearnersController } from './http/learners.controller.ts';
import { listControllers } from './http/lists.controller.ts';
import { NoticesController } from './http/notices.controller.ts';
import { TiesController } from './http/ties.controller.ts';
import { AskForListHandler } from './lists.handlers.ts';
import { AskForNoticesHandler } from './notices.handlers.ts';
import { AskForWaitingTiesHandler } from './ties.handlers.ts';

/** Needs `Gate`, `WaitingTies`, `PageCursors`, `Registers`, `BearerTokens`, `CLOCK`, `HEAD` and `VIEWS` from the composition root. */
@Module({
  controllers: [LearnersController, NoticesController, TiesController, ...listControllers],
  providers: [AskAboutLearnerHandler, AskForListHandler, AskForNoticesHandler, AskForWaitingTiesHandler],
})
export class EgressModule {}
